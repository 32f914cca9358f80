<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AcceptKeysDialog</name>
    <message numerus="yes">
        <source>Accept %Ln key(s)</source>
        <translation>
            <numerusform>Accept %Ln key</numerusform>
            <numerusform>Accept %Ln keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept the keys of %Ln client(s)?</source>
        <translation>
            <numerusform>Accept the key of %Ln client?</numerusform>
            <numerusform>Accept the keys of %Ln clients?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AccessPage</name>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangeList</name>
    <message numerus="yes">
        <source>Saved %Ln change(s).</source>
        <translation>
            <numerusform>Saved %Ln change.</numerusform>
            <numerusform>Saved %Ln changes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln change(s)</source>
        <translation>
            <numerusform>{shown} of %Ln change</numerusform>
            <numerusform>{shown} of %Ln changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClientPage</name>
    <message numerus="yes">
        <source>%Ln person(s) wait(s) for confirmation</source>
        <translation>
            <numerusform>%Ln person waits for confirmation</numerusform>
            <numerusform>%Ln people wait for confirmation</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClientsPage</name>
    <message numerus="yes">
        <source>%Ln client(s)</source>
        <translation>
            <numerusform>%Ln client</numerusform>
            <numerusform>%Ln clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln member(s) need(s) confirmation</source>
        <translation>
            <numerusform>%Ln member needs confirmation</numerusform>
            <numerusform>%Ln members need confirmation</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollectionsPage</name>
    <message numerus="yes">
        <source>%Ln collection(s)</source>
        <translation>
            <numerusform>%Ln collection</numerusform>
            <numerusform>%Ln collections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message numerus="yes">
        <source>%Ln paid seat(s) free</source>
        <translation>
            <numerusform>%Ln paid seat free</numerusform>
            <numerusform>%Ln paid seats free</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) bought on the next invoice.</source>
        <translation>
            <numerusform>%Ln seat is bought on the next invoice.</numerusform>
            <numerusform>%Ln seats are bought on the next invoice.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) covered by what you already pay for.</source>
        <translation>
            <numerusform>%Ln seat is covered by what you already pay for.</numerusform>
            <numerusform>%Ln seats are covered by what you already pay for.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftsStrip</name>
    <message numerus="yes">
        <source>%Ln draft(s) wait(s): check and start.</source>
        <translation>
            <numerusform>%Ln draft waits: check and start it.</numerusform>
            <numerusform>%Ln drafts wait: check and start them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message numerus="yes">
        <source>Nothing was changed. Try again in %Ln second(s).</source>
        <translation>
            <numerusform>Nothing was changed. Try again in %Ln second.</numerusform>
            <numerusform>Nothing was changed. Try again in %Ln seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeldDialog</name>
    <message numerus="yes">
        <source>%Ln row(s) would go</source>
        <translation>
            <numerusform>%Ln row would go</numerusform>
            <numerusform>%Ln rows would go</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeldLists</name>
    <message numerus="yes">
        <source>%Ln more list(s) wait(s).</source>
        <translation>
            <numerusform>%Ln more list waits.</numerusform>
            <numerusform>%Ln more lists wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>%Ln folder(s)…</source>
        <translation>
            <numerusform>%Ln folder…</numerusform>
            <numerusform>%Ln folders…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{file}, {when}: %Ln item(s)</source>
        <translation>
            <numerusform>{file}, {when}: %Ln item</numerusform>
            <numerusform>{file}, {when}: %Ln items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{format} · %Ln row(s) · {size} · nothing sent</source>
        <translation>
            <numerusform>{format} · %Ln row · {size} · nothing sent</numerusform>
            <numerusform>{format} · %Ln rows · {size} · nothing sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{going} of {all} rows go in; %Ln is/are listed in the report</source>
        <translation>
            <numerusform>{going} of {all} rows go in; %Ln is listed in the report</numerusform>
            <numerusform>{going} of {all} rows go in; %Ln are listed in the report</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InviteDialog</name>
    <message numerus="yes">
        <source>%Ln invitation(s), valid for five days.</source>
        <translation>
            <numerusform>%Ln invitation, valid for five days.</numerusform>
            <numerusform>%Ln invitations, valid for five days.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyNews</name>
    <message numerus="yes">
        <source>%Ln client(s) are new on this computer.</source>
        <translation>
            <numerusform>%Ln client is new on this computer.</numerusform>
            <numerusform>%Ln clients are new on this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more key(s) to look at.</source>
        <translation>
            <numerusform>%Ln more key to look at.</numerusform>
            <numerusform>%Ln more keys to look at.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message numerus="yes">
        <source>%Ln key(s)</source>
        <translation>
            <numerusform>%Ln key</numerusform>
            <numerusform>%Ln keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln key(s) accepted. A change will be an alarm.</source>
        <translation>
            <numerusform>%Ln key accepted. A change will be an alarm.</numerusform>
            <numerusform>%Ln keys accepted. A change will be an alarm.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln key(s) compared: all as accepted.</source>
        <translation>
            <numerusform>%Ln key compared: as accepted.</numerusform>
            <numerusform>%Ln keys compared: all as accepted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln key(s) need a look.</source>
        <translation>
            <numerusform>%Ln key needs a look.</numerusform>
            <numerusform>%Ln keys need a look.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) printed.</source>
        <translation>
            <numerusform>%Ln page printed.</numerusform>
            <numerusform>%Ln pages printed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %Ln new key(s)…</source>
        <translation>
            <numerusform>Accept %Ln new key…</numerusform>
            <numerusform>Accept %Ln new keys…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server has no key of %Ln person(s) any more.</source>
        <translation>
            <numerusform>The server has no key of %Ln person any more.</numerusform>
            <numerusform>The server has no key of %Ln people any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LocalLog</name>
    <message numerus="yes">
        <source>%Ln entry(s)</source>
        <translation>
            <numerusform>%Ln entry</numerusform>
            <numerusform>%Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln entry(s)</source>
        <translation>
            <numerusform>{shown} of %Ln entry</numerusform>
            <numerusform>{shown} of %Ln entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LocalLogPage</name>
    <message numerus="yes">
        <source>Exported %Ln record(s); last link {link}. Check it with: claviger verify-log FILE</source>
        <translation>
            <numerusform>Exported %Ln record; last link {link}. Check it with: claviger verify-log FILE</numerusform>
            <numerusform>Exported %Ln records; last link {link}. Check it with: claviger verify-log FILE</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MembersPage</name>
    <message numerus="yes">
        <source>%Ln member(s)</source>
        <translation>
            <numerusform>%Ln member</numerusform>
            <numerusform>%Ln members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln member(s) need(s) confirmation</source>
        <translation>
            <numerusform>%Ln member needs confirmation</numerusform>
            <numerusform>%Ln members need confirmation</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done: %Ln step(s), read back from the server.</source>
        <translation>
            <numerusform>Done: %Ln step, read back from the server.</numerusform>
            <numerusform>Done: %Ln steps, read back from the server.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message numerus="yes">
        <source>%Ln invitation(s)</source>
        <translation>
            <numerusform>%Ln invitation</numerusform>
            <numerusform>%Ln invitations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln invitation(s), up to 20 in each request.</source>
        <translation>
            <numerusform>%Ln invitation, up to 20 in each request.</numerusform>
            <numerusform>%Ln invitations, up to 20 in each request.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PoliciesPage</name>
    <message numerus="yes">
        <source>%Ln policies</source>
        <translation>
            <numerusform>%Ln policy</numerusform>
            <numerusform>%Ln policies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message numerus="yes">
        <source>%Ln more in the saved report</source>
        <translation>
            <numerusform>%Ln more in the saved report</numerusform>
            <numerusform>%Ln more in the saved report</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln second</numerusform>
            <numerusform>%Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunHead</name>
    <message numerus="yes">
        <source>Waiting %Ln second(s) for the server&apos;s limit</source>
        <translation>
            <numerusform>Waiting %Ln second for the server&apos;s limit</numerusform>
            <numerusform>Waiting %Ln seconds for the server&apos;s limit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln step(s)</source>
        <translation>
            <numerusform>{done} of %Ln step</numerusform>
            <numerusform>{done} of %Ln steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln run</numerusform>
            <numerusform>%Ln runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeatsDialog</name>
    <message numerus="yes">
        <source>%Ln seat(s) become free for other clients.</source>
        <translation>
            <numerusform>%Ln seat becomes free for other clients.</numerusform>
            <numerusform>%Ln seats become free for other clients.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) bought on the next invoice.</source>
        <translation>
            <numerusform>%Ln seat is bought on the next invoice.</numerusform>
            <numerusform>%Ln seats are bought on the next invoice.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) covered by what you already pay for.</source>
        <translation>
            <numerusform>%Ln seat is covered by what you already pay for.</numerusform>
            <numerusform>%Ln seats are covered by what you already pay for.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) in use</source>
        <translation>
            <numerusform>%Ln seat in use</numerusform>
            <numerusform>%Ln seats in use</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Switcher</name>
    <message numerus="yes">
        <source>%Ln connection(s)</source>
        <translation>
            <numerusform>%Ln connection</numerusform>
            <numerusform>%Ln connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoDialog</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%Ln address(es) too long; kept in the notes.</source>
        <translation>
            <numerusform>%Ln address is too long; it is kept in the notes.</numerusform>
            <numerusform>%Ln addresses are too long; they are kept in the notes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attachment(s) left behind.</source>
        <translation>
            <numerusform>%Ln attachment stays behind.</numerusform>
            <numerusform>%Ln attachments stay behind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) without a heading kept in the notes.</source>
        <translation>
            <numerusform>%Ln cell without a heading is kept in the notes.</numerusform>
            <numerusform>%Ln cells without a heading are kept in the notes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln imported item(s)</source>
        <translation>
            <numerusform>%Ln imported item</numerusform>
            <numerusform>%Ln imported items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) joined to the field before.</source>
        <translation>
            <numerusform>%Ln line was joined to the field before it.</numerusform>
            <numerusform>%Ln lines were joined to the field before them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln member(s) of the provider are removed</source>
        <translation>
            <numerusform>%Ln member of the provider is removed</numerusform>
            <numerusform>%Ln members of the provider are removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older password(s) kept as hidden fields.</source>
        <translation>
            <numerusform>%Ln older password is kept as a hidden field.</numerusform>
            <numerusform>%Ln older passwords are kept as hidden fields.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passkey(s) kept as hidden fields, no longer usable.</source>
        <translation>
            <numerusform>%Ln passkey is kept as a hidden field, no longer usable.</numerusform>
            <numerusform>%Ln passkeys are kept as hidden fields, no longer usable.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirm %Ln member(s): {emails}</source>
        <translation>
            <numerusform>Confirm %Ln member: {emails}</numerusform>
            <numerusform>Confirm %Ln members: {emails}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirm %Ln person(s): {emails}</source>
        <translation>
            <numerusform>Confirm %Ln person: {emails}</numerusform>
            <numerusform>Confirm %Ln people: {emails}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Create the group “{group}” with access to %Ln collection(s)</source>
        <translation>
            <numerusform>Create the group “{group}” with access to %Ln collection</numerusform>
            <numerusform>Create the group “{group}” with access to %Ln collections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Create {name} on {plan} with %Ln seat(s); invite {email}</source>
        <translation>
            <numerusform>Create {name} on {plan} with %Ln seat; invite {email}</numerusform>
            <numerusform>Create {name} on {plan} with %Ln seats; invite {email}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give {client} %Ln seat(s)</source>
        <translation>
            <numerusform>Give {client} %Ln seat</numerusform>
            <numerusform>Give {client} %Ln seats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give “{group}” access to %Ln collection(s)</source>
        <translation>
            <numerusform>Give “{group}” access to %Ln collection</numerusform>
            <numerusform>Give “{group}” access to %Ln collections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Invite %Ln person(s) as {role}</source>
        <translation>
            <numerusform>Invite %Ln person as {role}</numerusform>
            <numerusform>Invite %Ln people as {role}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read back %Ln item(s) and compare</source>
        <translation>
            <numerusform>Read back %Ln item and compare</numerusform>
            <numerusform>Read back %Ln items and compare</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln member(s)</source>
        <translation>
            <numerusform>Remove %Ln member</numerusform>
            <numerusform>Remove %Ln members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln person(s): {emails}</source>
        <translation>
            <numerusform>Remove %Ln person: {emails}</numerusform>
            <numerusform>Remove %Ln people: {emails}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resend %Ln invitation(s)</source>
        <translation>
            <numerusform>Resend %Ln invitation</numerusform>
            <numerusform>Resend %Ln invitations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln item(s), part {number} of {of}</source>
        <translation>
            <numerusform>Send %Ln item, part {number} of {of}</numerusform>
            <numerusform>Send %Ln items, part {number} of {of}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set policies of %Ln client(s)</source>
        <translation>
            <numerusform>Set policies of %Ln client</numerusform>
            <numerusform>Set policies of %Ln clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The item names %Ln folder(s) that the file does not hold.</source>
        <translation>
            <numerusform>The item names %Ln folder that the file does not hold.</numerusform>
            <numerusform>The item names %Ln folders that the file does not hold.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The organization is created with %Ln assigned seat(s).</source>
        <translation>
            <numerusform>The organization is created with %Ln assigned seat.</numerusform>
            <numerusform>The organization is created with %Ln assigned seats.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The row is %Ln cell(s) short.</source>
        <translation>
            <numerusform>The row is %Ln cell short.</numerusform>
            <numerusform>The row is %Ln cells short.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln member(s) can no longer keep items of their own</source>
        <translation>
            <numerusform>{client}: %Ln member can no longer keep items of their own</numerusform>
            <numerusform>{client}: %Ln members can no longer keep items of their own</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln member(s) leave the group “{group}”</source>
        <translation>
            <numerusform>{client}: %Ln member leaves the group “{group}”</numerusform>
            <numerusform>{client}: %Ln members leave the group “{group}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln member(s) no longer reach “{collection}”</source>
        <translation>
            <numerusform>{client}: %Ln member no longer reaches “{collection}”</numerusform>
            <numerusform>{client}: %Ln members no longer reach “{collection}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln member(s) without two-step login are revoked</source>
        <translation>
            <numerusform>{client}: %Ln member without two-step login is revoked</numerusform>
            <numerusform>{client}: %Ln members without two-step login are revoked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln person(s) are removed</source>
        <translation>
            <numerusform>{client}: %Ln person is removed</numerusform>
            <numerusform>{client}: %Ln people are removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: access of %Ln member(s) changes</source>
        <translation>
            <numerusform>{client}: access of %Ln member changes</numerusform>
            <numerusform>{client}: access of %Ln members changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: of %Ln member(s), those who are in another organization are revoked</source>
        <translation>
            <numerusform>{client}: %Ln member is revoked if also in another organization</numerusform>
            <numerusform>{client}: of %Ln members, those who are in another organization are revoked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: “{policy}” applies to %Ln member(s)</source>
        <translation>
            <numerusform>{client}: “{policy}” applies to %Ln member</numerusform>
            <numerusform>{client}: “{policy}” applies to %Ln members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_GroupBox</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
</TS>
