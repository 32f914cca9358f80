<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
        <source>%Ln are bought on the next invoice.</source>
        <translation>
            <numerusform>%Ln is bought on the next invoice.</numerusform>
            <numerusform>%Ln are bought on the next invoice.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln come(s) from what you already pay for</source>
        <translation>
            <numerusform>%Ln comes from what you already pay for</numerusform>
            <numerusform>%Ln come from what you already pay for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln paid seat(s) free</source>
        <translation>
            <numerusform>%Ln paid seat free</numerusform>
            <numerusform>%Ln paid seats free</numerusform>
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
        <source>%Ln invitation(s), 20 in each request.</source>
        <translation>
            <numerusform>%Ln invitation, 20 in each request.</numerusform>
            <numerusform>%Ln invitations, 20 in each request.</numerusform>
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
    <name>RunView</name>
    <message numerus="yes">
        <source>Waiting %Ln second(s) for the server's limit</source>
        <translation>
            <numerusform>Waiting %Ln second for the server's limit</numerusform>
            <numerusform>Waiting %Ln seconds for the server's limit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln second(s) left</source>
        <translation>
            <numerusform>about %Ln second left</numerusform>
            <numerusform>about %Ln seconds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeatsDialog</name>
    <message numerus="yes">
        <source>%Ln come from what you already pay for.</source>
        <translation>
            <numerusform>%Ln comes from what you already pay for.</numerusform>
            <numerusform>%Ln come from what you already pay for.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) are bought on the next invoice.</source>
        <translation>
            <numerusform>%Ln seat is bought on the next invoice.</numerusform>
            <numerusform>%Ln seats are bought on the next invoice.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) become free for other clients.</source>
        <translation>
            <numerusform>%Ln seat becomes free for other clients.</numerusform>
            <numerusform>%Ln seats become free for other clients.</numerusform>
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
    <name>Wording</name>
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
