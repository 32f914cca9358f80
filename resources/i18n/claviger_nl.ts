<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl" sourcelanguage="en">
<context>
    <name>AccessPage</name>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln groep</numerusform>
            <numerusform>%Ln groepen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add group</source>
        <translation>Groep toevoegen</translation>
    </message>
    <message>
        <source>Groups and collections</source>
        <translation>Groepen en verzamelingen</translation>
    </message>
    <message>
        <source>M manage · E edit · V view · 0 none · H hides passwords</source>
        <translation>M beheren · E bewerken · V bekijken · 0 geen · H verbergt wachtwoorden</translation>
    </message>
    <message>
        <source>Name of a new group</source>
        <translation>Naam van een nieuwe groep</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Nieuwe groep</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Geen groepen</translation>
    </message>
    <message>
        <source>Press M, E, V or 0 in a cell. People are put into groups in the next step.</source>
        <translation>Druk op M, E, V of 0 in een cel. In de volgende stap komen er mensen in de groepen.</translation>
    </message>
    <message>
        <source>Remove the group of this cell</source>
        <translation>De groep van deze cel verwijderen</translation>
    </message>
    <message>
        <source>The owner manages the collections. Add a group to give others access.</source>
        <translation>De eigenaar beheert de verzamelingen. Voeg een groep toe om anderen toegang te geven.</translation>
    </message>
    <message>
        <source>Which group may do what?</source>
        <translation>Welke groep mag wat?</translation>
    </message>
</context>
<context>
    <name>BillingPage</name>
    <message>
        <source>Billing</source>
        <translation>Facturering</translation>
    </message>
    <message>
        <source>Not in this version yet</source>
        <translation>Nog niet in deze versie</translation>
    </message>
    <message>
        <source>This page will show the subscription, invoices and the cost of each client. Until then the web Provider Portal has it.</source>
        <translation>Deze pagina toont straks het abonnement, de facturen en de kosten per klant. Tot dan staan die in het Providerportaal op het web.</translation>
    </message>
</context>
<context>
    <name>ClientPage</name>
    <message numerus="yes">
        <source>%Ln person(s) wait(s) for confirmation</source>
        <translation>
            <numerusform>%Ln persoon te bevestigen</numerusform>
            <numerusform>%Ln personen te bevestigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Cannot be read safely</source>
        <translation>Niet veilig te lezen</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Verzamelingen</translation>
    </message>
    <message>
        <source>Compare phrase…</source>
        <translation>Zin vergelijken…</translation>
    </message>
    <message>
        <source>Confirm…</source>
        <translation>Bevestigen…</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groepen</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>Uitgenodigd</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Leden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Needs confirmation</source>
        <translation>Te bevestigen</translation>
    </message>
    <message>
        <source>No collections yet</source>
        <translation>Nog geen verzamelingen</translation>
    </message>
    <message>
        <source>No groups yet</source>
        <translation>Nog geen groepen</translation>
    </message>
    <message>
        <source>No policies on this plan</source>
        <translation>Geen beleid bij dit abonnementstype</translation>
    </message>
    <message>
        <source>Nobody manages it</source>
        <translation>Heeft geen beheerder</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>Nog niemand</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Uit</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Aan</translation>
    </message>
    <message>
        <source>Parts of this client</source>
        <translation>Onderdelen van deze klant</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>Rechten</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Beleid</translation>
    </message>
    <message>
        <source>Policies belong to the Enterprise plan.</source>
        <translation>Beleid hoort bij het type Enterprise.</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Beleidsregel</translation>
    </message>
    <message>
        <source>Provider access</source>
        <translation>Providertoegang</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Opmerking</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Ingetrokken</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rol</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Zoeken</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>Inrichten…</translation>
    </message>
    <message>
        <source>Staged</source>
        <translation>Klaargezet</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Two-step login</source>
        <translation>Tweestapsaanmelding</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>Niet toegewezen</translation>
    </message>
    <message>
        <source>Unknown ({number})</source>
        <translation>Onbekend ({number})</translation>
    </message>
    <message>
        <source>Vault items stay closed to you; structure, people and policies are open.</source>
        <translation>Kluisitems blijven voor jou gesloten; indeling, mensen en beleid zijn open.</translation>
    </message>
    <message>
        <source>{names}: access starts after you have compared the phrase.</source>
        <translation>{names}: de toegang begint nadat je de zin hebt vergeleken.</translation>
    </message>
    <message>
        <source>“Set up…” invites people.</source>
        <translation>“Inrichten…” nodigt mensen uit.</translation>
    </message>
    <message>
        <source>“Set up…” makes groups and access.</source>
        <translation>“Inrichten…” maakt groepen en toegang.</translation>
    </message>
    <message>
        <source>“Set up…” makes them.</source>
        <translation>“Inrichten…” maakt ze.</translation>
    </message>
</context>
<context>
    <name>Clients</name>
    <message>
        <source>Assigned</source>
        <translation>Toegewezen</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Klant</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Remaining</source>
        <translation>Resterend</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Plaatsen</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>In gebruik</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>onbeperkt</translation>
    </message>
</context>
<context>
    <name>ClientsPage</name>
    <message numerus="yes">
        <source>%Ln client(s)</source>
        <translation>
            <numerusform>%Ln klant</numerusform>
            <numerusform>%Ln klanten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln member(s) need(s) confirmation</source>
        <translation>
            <numerusform>%Ln lid te bevestigen</numerusform>
            <numerusform>%Ln leden te bevestigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Change seats…</source>
        <translation>Plaatsen wijzigen…</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Zoekopdracht wissen</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Klanten</translation>
    </message>
    <message>
        <source>Compare phrase…</source>
        <translation>Zin vergelijken…</translation>
    </message>
    <message>
        <source>Names and plans were searched.</source>
        <translation>Er is gezocht in namen en abonnementstypen.</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>Nieuwe klant</translation>
    </message>
    <message>
        <source>No client matches “{words}”</source>
        <translation>Geen klant gevonden met “{words}”</translation>
    </message>
    <message>
        <source>No clients yet</source>
        <translation>Nog geen klanten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Openen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Naam wijzigen…</translation>
    </message>
    <message>
        <source>Search clients</source>
        <translation>Klanten zoeken</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>Inrichten…</translation>
    </message>
    <message>
        <source>The first one takes about four minutes, from nothing to a filled vault.</source>
        <translation>De eerste kost ongeveer vier minuten, van niets tot een gevulde kluis.</translation>
    </message>
    <message>
        <source>{names}: access starts after you have compared the phrase.</source>
        <translation>{names}: de toegang begint nadat je de zin hebt vergeleken.</translation>
    </message>
    <message>
        <source>{shown} of {all} clients</source>
        <translation>{shown} van {all} klanten</translation>
    </message>
</context>
<context>
    <name>CollectionsPage</name>
    <message numerus="yes">
        <source>%Ln collection(s)</source>
        <translation>
            <numerusform>%Ln verzameling</numerusform>
            <numerusform>%Ln verzamelingen</numerusform>
        </translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Verzamelingen</translation>
    </message>
    <message>
        <source>Group “{name}”</source>
        <translation>Groep “{name}”</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Patroon</translation>
    </message>
    <message>
        <source>Somebody must: the server refuses a collection nobody manages.</source>
        <translation>Iemand moet het zijn: de server weigert een verzameling die niemand beheert.</translation>
    </message>
    <message>
        <source>Start from a pattern</source>
        <translation>Begin met een patroon</translation>
    </message>
    <message>
        <source>The client&apos;s owner</source>
        <translation>De eigenaar van de klant</translation>
    </message>
    <message>
        <source>The folders of an import are added in the next step. Names can be changed.</source>
        <translation>De mappen van een import komen er in de volgende stap bij. Je kunt de namen wijzigen.</translation>
    </message>
    <message>
        <source>What is there stays as it is. Add what is missing.</source>
        <translation>Wat er is, blijft zoals het is. Voeg toe wat ontbreekt.</translation>
    </message>
    <message>
        <source>Which collections do you want?</source>
        <translation>Welke verzamelingen wil je?</translation>
    </message>
    <message>
        <source>Who manages the collections</source>
        <translation>Beheerder van de verzamelingen</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Copy</source>
        <translation>Kopiëren</translation>
    </message>
    <message>
        <source>Do the phrases match?</source>
        <translation>Komen de zinnen overeen?</translation>
    </message>
    <message>
        <source>Fingerprint phrase</source>
        <translation>Vingerafdrukzin</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Phrases match, confirm</source>
        <translation>Zinnen komen overeen, bevestigen</translation>
    </message>
    <message>
        <source>The name is not complete yet</source>
        <translation>De naam is nog niet compleet</translation>
    </message>
    <message>
        <source>The person finds the same five words in Bitwarden under Settings, My account. Compare by phone or in person, not by mail: whoever reads the mail could answer it. Words that differ mean someone else&apos;s key.</source>
        <translation>De persoon vindt dezelfde vijf woorden in Bitwarden onder Instellingen, Mijn account. Vergelijk per telefoon of persoonlijk, niet per mail: wie de mail leest, kan ook antwoorden. Verschillen de woorden, dan is het de sleutel van iemand anders.</translation>
    </message>
    <message>
        <source>The server has no key for this person. Nobody is confirmed.</source>
        <translation>De server heeft geen sleutel voor deze persoon. Er is niemand bevestigd.</translation>
    </message>
    <message>
        <source>There is nothing to compare</source>
        <translation>Er is niets te vergelijken</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>Ze verschillen</translation>
    </message>
    <message>
        <source>This person&apos;s key is not acceptable. Nobody is confirmed.</source>
        <translation>De sleutel van deze persoon is niet bruikbaar. Er is niemand bevestigd.</translation>
    </message>
    <message>
        <source>Type {name} to continue</source>
        <translation>Typ {name} om door te gaan</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>Wachten op de server…</translation>
    </message>
    <message>
        <source>Whoever is confirmed gets a key of {place}.</source>
        <translation>Wie je bevestigt, krijgt een sleutel van {place}.</translation>
    </message>
    <message>
        <source>{number} of {all}</source>
        <translation>{number} van {all}</translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message numerus="yes">
        <source>%Ln paid seat(s) free</source>
        <translation>
            <numerusform>%Ln betaalde plaats vrij</numerusform>
            <numerusform>%Ln betaalde plaatsen vrij</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) bought on the next invoice.</source>
        <translation>
            <numerusform>%Ln plaats wordt bijgekocht op de volgende factuur.</numerusform>
            <numerusform>%Ln plaatsen worden bijgekocht op de volgende factuur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) covered by what you already pay for.</source>
        <translation>
            <numerusform>%Ln plaats valt binnen wat je al betaalt.</numerusform>
            <numerusform>%Ln plaatsen vallen binnen wat je al betaalt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Adds custom roles, recovery</source>
        <translation>Ook aangepaste rollen, herstel</translation>
    </message>
    <message>
        <source>Adds policies, SSO and SCIM</source>
        <translation>Ook beleid, SSO en SCIM</translation>
    </message>
    <message>
        <source>Collections, groups, event log</source>
        <translation>Verzamelingen, groepen, logboek</translation>
    </message>
    <message>
        <source>Covered by what you already pay for.</source>
        <translation>Valt binnen wat je al betaalt.</translation>
    </message>
    <message>
        <source>E-mail address of the client owner</source>
        <translation>E-mailadres van de klanteigenaar</translation>
    </message>
    <message>
        <source>Is invited at once and manages the collections.</source>
        <translation>Wordt meteen uitgenodigd en beheert de verzamelingen.</translation>
    </message>
    <message>
        <source>Members see this name in their vault.</source>
        <translation>Leden zien deze naam in hun kluis.</translation>
    </message>
    <message>
        <source>No policies, SSO or SCIM</source>
        <translation>Geen beleid, SSO of SCIM</translation>
    </message>
    <message>
        <source>Nothing is created until you run the plan at the end.</source>
        <translation>Er wordt niets gemaakt tot je het plan aan het eind uitvoert.</translation>
    </message>
    <message>
        <source>Organization name</source>
        <translation>Naam van de organisatie</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Abonnementstype</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Plaatsen</translation>
    </message>
    <message>
        <source>The number of people who can be members.</source>
        <translation>Het aantal mensen dat lid kan zijn.</translation>
    </message>
    <message>
        <source>This address is in your own domain. The owner should work at the client, so that access does not depend on you alone. You can continue with it.</source>
        <translation>Dit adres valt onder je eigen domein. De eigenaar hoort bij de klant te werken, zodat de toegang niet alleen van jou afhangt. Je kunt er wel mee doorgaan.</translation>
    </message>
    <message>
        <source>Who is the client?</source>
        <translation>Wie is de klant?</translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>Waiting for the server…</source>
        <translation>Wachten op de server…</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>A character in the file cannot be read.</source>
        <translation>Een teken in het bestand is niet te lezen.</translation>
    </message>
    <message>
        <source>A quotation mark is opened and never closed.</source>
        <translation>Een aanhalingsteken wordt geopend en nergens gesloten.</translation>
    </message>
    <message>
        <source>A single value in the file is larger than 1 MB.</source>
        <translation>Eén waarde in het bestand is groter dan 1 MB.</translation>
    </message>
    <message>
        <source>A value cannot be read safely.</source>
        <translation>Een waarde is niet veilig te lezen.</translation>
    </message>
    <message>
        <source>Accounts with a master password and an authenticator app work.</source>
        <translation>Accounts met een hoofdwachtwoord en een authenticator-app werken.</translation>
    </message>
    <message>
        <source>Ask a provider admin to invite and confirm you, then sign in again.</source>
        <translation>Vraag een providerbeheerder om je uit te nodigen en te bevestigen, en meld je dan opnieuw aan.</translation>
    </message>
    <message>
        <source>Check the server too: an account lives on one server only.</source>
        <translation>Controleer ook de server: een account bestaat op één server.</translation>
    </message>
    <message>
        <source>Choose another file…</source>
        <translation>Ander bestand kiezen…</translation>
    </message>
    <message>
        <source>Choose the encoding…</source>
        <translation>Codering kiezen…</translation>
    </message>
    <message>
        <source>Claviger is already open.</source>
        <translation>Claviger is al geopend.</translation>
    </message>
    <message>
        <source>Claviger is locked.</source>
        <translation>Claviger is vergrendeld.</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>Uitvoering hervatten</translation>
    </message>
    <message>
        <source>It is a link or belongs to someone else: {path}</source>
        <translation>Het is een koppeling of de map is van iemand anders: {path}</translation>
    </message>
    <message>
        <source>It is not created again. Continue, and what is missing is added.</source>
        <translation>De klant wordt niet nog eens gemaakt. Ga door, dan wordt aangevuld wat ontbreekt.</translation>
    </message>
    <message>
        <source>It is not sent again by itself. Look on the server, then decide.</source>
        <translation>De stap wordt niet vanzelf opnieuw verstuurd. Kijk op de server en beslis dan.</translation>
    </message>
    <message>
        <source>It was not opened and not changed.</source>
        <translation>De waarde is niet geopend en niet gewijzigd.</translation>
    </message>
    <message>
        <source>It was not read further than {megabytes} MB.</source>
        <translation>Er is niet verder gelezen dan {megabytes} MB.</translation>
    </message>
    <message>
        <source>Line {line}. {advice}</source>
        <translation>Regel {line}. {advice}</translation>
    </message>
    <message>
        <source>Nobody can tell whether this step happened.</source>
        <translation>Het is niet vast te stellen of deze stap is uitgevoerd.</translation>
    </message>
    <message>
        <source>Nobody was confirmed. The person can renew it in the web vault.</source>
        <translation>Er is niemand bevestigd. De persoon kan de sleutel vernieuwen in de webkluis.</translation>
    </message>
    <message>
        <source>Nothing derived from your password was sent. {name} is {value}; it must lie between {low} and {high}.</source>
        <translation>Er is niets verstuurd dat van je wachtwoord is afgeleid. {name} is {value}; het moet tussen {low} en {high} liggen.</translation>
    </message>
    <message>
        <source>Nothing was changed. A provider admin can do it or change your role.</source>
        <translation>Er is niets gewijzigd. Een providerbeheerder kan het doen of je rol wijzigen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Check the address, or sign in to the network.</source>
        <translation>Er is niets gewijzigd. Controleer het adres of meld je aan bij het netwerk.</translation>
    </message>
    <message>
        <source>Nothing was changed. The server&apos;s own words are in the details.</source>
        <translation>Er is niets gewijzigd. De melding van de server staat bij de details.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing was changed. Try again in %Ln second(s).</source>
        <translation>
            <numerusform>Er is niets gewijzigd. Probeer het over %Ln seconde opnieuw.</numerusform>
            <numerusform>Er is niets gewijzigd. Probeer het over %Ln seconden opnieuw.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was guessed. Choose the encoding it was saved in.</source>
        <translation>Er is niets geraden. Kies de codering waarin het is bewaard.</translation>
    </message>
    <message>
        <source>Nothing was imported.</source>
        <translation>Er is niets geïmporteerd.</translation>
    </message>
    <message>
        <source>Nothing was imported. Export it again and do not open it in Excel first.</source>
        <translation>Er is niets geïmporteerd. Exporteer het opnieuw en open het niet eerst in Excel.</translation>
    </message>
    <message>
        <source>Nothing was imported. Export it again without encryption; delete it afterwards.</source>
        <translation>Er is niets geïmporteerd. Exporteer het opnieuw zonder versleuteling; verwijder het bestand na afloop.</translation>
    </message>
    <message>
        <source>Nothing was lost. Try again; if it happens again, restart Claviger.</source>
        <translation>Er is niets verloren. Probeer het opnieuw; gebeurt het weer, start Claviger dan opnieuw.</translation>
    </message>
    <message>
        <source>Nothing was overwritten: {what}. Reload and look again.</source>
        <translation>Er is niets overschreven: {what}. Laad opnieuw en kijk nog eens.</translation>
    </message>
    <message>
        <source>Nothing was sent. Ask whoever runs this server or this network.</source>
        <translation>Er is niets verstuurd. Vraag het aan wie deze server of dit netwerk beheert.</translation>
    </message>
    <message>
        <source>Nothing was sent. Check the connection and try again.</source>
        <translation>Er is niets verstuurd. Controleer de verbinding en probeer het opnieuw.</translation>
    </message>
    <message>
        <source>Nothing was sent. Expected {expected}, the server says {given}.</source>
        <translation>Er is niets verstuurd. Verwacht: {expected}; volgens de server: {given}.</translation>
    </message>
    <message>
        <source>Nothing was sent. Make space or check the folder&apos;s rights.</source>
        <translation>Er is niets verstuurd. Maak ruimte of controleer de rechten van de map.</translation>
    </message>
    <message>
        <source>Nothing was sent. Points to correct: {count}.</source>
        <translation>Er is niets verstuurd. Nog te herstellen: {count}.</translation>
    </message>
    <message>
        <source>Nothing was sent. Sign in again to be sure who you are.</source>
        <translation>Er is niets verstuurd. Meld je opnieuw aan, zodat zeker is wie je bent.</translation>
    </message>
    <message>
        <source>Reading the file failed.</source>
        <translation>Het lezen van het bestand is mislukt.</translation>
    </message>
    <message>
        <source>Reading the file took too long.</source>
        <translation>Het lezen van het bestand duurde te lang.</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Opnieuw aanmelden</translation>
    </message>
    <message>
        <source>Some rows are not in the vault.</source>
        <translation>Sommige rijen staan niet in de kluis.</translation>
    </message>
    <message>
        <source>Someone changed this in the meantime.</source>
        <translation>Iemand heeft dit intussen gewijzigd.</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>Er ging iets mis.</translation>
    </message>
    <message>
        <source>That makes your password easier to guess for whoever asks. Nothing was sent. Before: {before}. Now: {now}.</source>
        <translation>Daarmee is je wachtwoord makkelijker te raden voor wie ernaar vraagt. Er is niets verstuurd. Eerst: {before}. Nu: {now}.</translation>
    </message>
    <message>
        <source>The JSON in the file is damaged.</source>
        <translation>De JSON in het bestand is beschadigd.</translation>
    </message>
    <message>
        <source>The code is not right.</source>
        <translation>De code klopt niet.</translation>
    </message>
    <message>
        <source>The e-mail address or master password is not right.</source>
        <translation>Het e-mailadres of het hoofdwachtwoord klopt niet.</translation>
    </message>
    <message>
        <source>The file cannot be opened.</source>
        <translation>Het bestand kan niet worden geopend.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Het bestand kan niet worden gelezen.</translation>
    </message>
    <message>
        <source>The file has more than 1,000 columns.</source>
        <translation>Het bestand heeft meer dan 1.000 kolommen.</translation>
    </message>
    <message>
        <source>The file has more than 200,000 rows.</source>
        <translation>Het bestand heeft meer dan 200.000 rijen.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Het bestand is leeg.</translation>
    </message>
    <message>
        <source>The file is encrypted.</source>
        <translation>Het bestand is versleuteld.</translation>
    </message>
    <message>
        <source>The file is larger than 100 MB.</source>
        <translation>Het bestand is groter dan 100 MB.</translation>
    </message>
    <message>
        <source>The first line does not name the expected columns.</source>
        <translation>De eerste regel noemt niet de verwachte kolommen.</translation>
    </message>
    <message>
        <source>The folder of Claviger is not safe to use.</source>
        <translation>De map van Claviger is niet veilig te gebruiken.</translation>
    </message>
    <message>
        <source>The identity of {host} could not be verified.</source>
        <translation>De identiteit van {host} kon niet worden vastgesteld.</translation>
    </message>
    <message>
        <source>The plan is not complete.</source>
        <translation>Het plan is niet compleet.</translation>
    </message>
    <message>
        <source>The run stopped.</source>
        <translation>De uitvoering is gestopt.</translation>
    </message>
    <message>
        <source>The server accepted them but does not have them: {rows}.</source>
        <translation>De server heeft ze aangenomen, maar heeft ze niet: {rows}.</translation>
    </message>
    <message>
        <source>The server answers as another account.</source>
        <translation>De server antwoordt voor een ander account.</translation>
    </message>
    <message>
        <source>The server asks for unsafe key settings.</source>
        <translation>De server vraagt om onveilige sleutelinstellingen.</translation>
    </message>
    <message>
        <source>The server asks for weaker key settings than before.</source>
        <translation>De server vraagt om zwakkere sleutelinstellingen dan voorheen.</translation>
    </message>
    <message>
        <source>The server asks to wait.</source>
        <translation>De server vraagt om te wachten.</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>De server is niet bereikbaar.</translation>
    </message>
    <message>
        <source>The server does not know this computer.</source>
        <translation>De server kent deze computer niet.</translation>
    </message>
    <message>
        <source>The server has a problem of its own.</source>
        <translation>De server heeft zelf een storing.</translation>
    </message>
    <message>
        <source>The server refused this.</source>
        <translation>De server heeft dit geweigerd.</translation>
    </message>
    <message>
        <source>The server uses another salt than your e-mail address.</source>
        <translation>De server gebruikt een andere salt dan je e-mailadres.</translation>
    </message>
    <message>
        <source>The server&apos;s answer did not arrive.</source>
        <translation>Het antwoord van de server is niet aangekomen.</translation>
    </message>
    <message>
        <source>The server&apos;s answer is larger than it can be.</source>
        <translation>Het antwoord van de server is groter dan het kan zijn.</translation>
    </message>
    <message>
        <source>The session has ended.</source>
        <translation>De sessie is beëindigd.</translation>
    </message>
    <message>
        <source>This account asks for a second step.</source>
        <translation>Dit account vraagt om een tweede stap.</translation>
    </message>
    <message>
        <source>This account belongs to no provider.</source>
        <translation>Dit account hoort bij geen provider.</translation>
    </message>
    <message>
        <source>This account uses a way to sign in that Claviger does not offer.</source>
        <translation>Dit account gebruikt een manier van aanmelden die Claviger niet biedt.</translation>
    </message>
    <message>
        <source>This computer could not write to disk.</source>
        <translation>Deze computer kon niet naar schijf schrijven.</translation>
    </message>
    <message>
        <source>This does not look like an export of a password manager.</source>
        <translation>Dit lijkt geen export van een wachtwoordbeheerder.</translation>
    </message>
    <message>
        <source>This is not a Bitwarden server, or a sign-in page is in between.</source>
        <translation>Dit is geen Bitwarden-server, of er zit een aanmeldpagina tussen.</translation>
    </message>
    <message>
        <source>This is not an ordinary file.</source>
        <translation>Dit is geen gewoon bestand.</translation>
    </message>
    <message>
        <source>This person&apos;s public key is not acceptable.</source>
        <translation>De openbare sleutel van deze persoon is niet bruikbaar.</translation>
    </message>
    <message>
        <source>This window can read but not write.</source>
        <translation>Dit venster kan lezen, maar niet schrijven.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Opnieuw proberen</translation>
    </message>
    <message>
        <source>Type the code of your authenticator app.</source>
        <translation>Typ de code van je authenticator-app.</translation>
    </message>
    <message>
        <source>Type the code that it has just mailed to you.</source>
        <translation>Typ de code die je zojuist per mail hebt gekregen.</translation>
    </message>
    <message>
        <source>Type the newest: an app&apos;s code changes every 30 seconds, and of several mails the last one counts.</source>
        <translation>Typ de nieuwste: een code uit een app wisselt elke 30 seconden, en van meerdere mails telt de laatste.</translation>
    </message>
    <message>
        <source>Unlock it with the master password.</source>
        <translation>Ontgrendel Claviger met het hoofdwachtwoord.</translation>
    </message>
    <message>
        <source>What you see is the last known state. Try again in a while.</source>
        <translation>Je ziet de laatst bekende stand. Probeer het straks opnieuw.</translation>
    </message>
    <message>
        <source>What you typed is kept. Sign in again and go on.</source>
        <translation>Wat je hebt getypt, is bewaard. Meld je opnieuw aan en ga verder.</translation>
    </message>
    <message>
        <source>Whether it acted is not known. Claviger looks before it sends anything again.</source>
        <translation>Het is niet bekend of de server iets heeft gedaan. Claviger kijkt eerst en verstuurt dan pas weer iets.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Je rol staat dit niet toe.</translation>
    </message>
    <message>
        <source>{cause} You can continue where it stopped; nothing is sent twice.</source>
        <translation>{cause} Je kunt verdergaan waar het stopte; niets wordt dubbel verstuurd.</translation>
    </message>
    <message>
        <source>{client} exists, but the server stopped halfway.</source>
        <translation>{client} bestaat, maar de server is halverwege gestopt.</translation>
    </message>
</context>
<context>
    <name>EventLogsPage</name>
    <message>
        <source>Event logs</source>
        <translation>Logboek</translation>
    </message>
    <message>
        <source>Not in this version yet</source>
        <translation>Nog niet in deze versie</translation>
    </message>
    <message>
        <source>This page will show who did what, for the provider and all its clients. Until then the web Provider Portal has it.</source>
        <translation>Deze pagina toont straks wie wat deed, bij de provider en al zijn klanten. Tot dan staat dat in het Providerportaal op het web.</translation>
    </message>
</context>
<context>
    <name>FingerprintTiles</name>
    <message>
        <source>Fingerprint phrase: {words}</source>
        <translation>Vingerafdrukzin: {words}</translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message>
        <source>(no folder)</source>
        <translation>(geen map)</translation>
    </message>
    <message>
        <source>A folder without a collection of its name gets a new one.</source>
        <translation>Een map zonder verzameling met dezelfde naam krijgt een nieuwe.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>New: {name}</source>
        <translation>Nieuw: {name}</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>Deze gebruiken</translation>
    </message>
    <message>
        <source>Which collection does each folder go to?</source>
        <translation>Naar welke verzameling gaat elke map?</translation>
    </message>
</context>
<context>
    <name>FormField</name>
    <message>
        <source>optional</source>
        <translation>optioneel</translation>
    </message>
</context>
<context>
    <name>Grouping</name>
    <message>
        <source>Collections</source>
        <translation>Verzamelingen</translation>
    </message>
    <message>
        <source>Groups and access</source>
        <translation>Groepen en toegang</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisatie</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Mensen</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Beleid</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>%Ln folder(s)…</source>
        <translation>
            <numerusform>%Ln map…</numerusform>
            <numerusform>%Ln mappen…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln rij</numerusform>
            <numerusform>%Ln rijen</numerusform>
        </translation>
    </message>
    <message>
        <source>(no folder)</source>
        <translation>(geen map)</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(geen naam)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Bestand kiezen…</translation>
    </message>
    <message>
        <source>Choose the client&apos;s export</source>
        <translation>Kies de export van de klant</translation>
    </message>
    <message>
        <source>Choose the encoding…</source>
        <translation>Codering kiezen…</translation>
    </message>
    <message>
        <source>Drop the client&apos;s export here</source>
        <translation>Sleep de export van de klant hierheen</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Codering</translation>
    </message>
    <message>
        <source>Exports (*.csv *.json *.txt *.html)</source>
        <translation>Exportbestanden (*.csv *.json *.txt *.html)</translation>
    </message>
    <message>
        <source>Fill the vault from a file</source>
        <translation>Kluis vullen uit een bestand</translation>
    </message>
    <message>
        <source>Folder → collection</source>
        <translation>Map → verzameling</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>Mappen…</translation>
    </message>
    <message>
        <source>Imported from this computer before</source>
        <translation>Eerder vanaf deze computer geïmporteerd</translation>
    </message>
    <message>
        <source>LastPass, Bitwarden (JSON or CSV), Chrome and its family</source>
        <translation>LastPass, Bitwarden (JSON of CSV), Chrome en verwante browsers</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Other file…</source>
        <translation>Ander bestand…</translation>
    </message>
    <message>
        <source>Read on this computer; passwords are counted, never shown. You can skip this.</source>
        <translation>Het bestand wordt op deze computer gelezen; wachtwoorden worden geteld, nooit getoond. Je kunt dit overslaan.</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Bestand lezen</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>Bestand lezen…</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Rij</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>Rijen van het bestand</translation>
    </message>
    <message>
        <source>Search rows</source>
        <translation>Rijen zoeken</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Oordeel</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Oordelen</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Wat er gebeurt</translation>
    </message>
    <message>
        <source>Without a file</source>
        <translation>Zonder bestand</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>weggelaten</translation>
    </message>
    <message>
        <source>no user name</source>
        <translation>geen gebruikersnaam</translation>
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
            <numerusform>{format} · %Ln rij · {size} · niets verstuurd</numerusform>
            <numerusform>{format} · %Ln rijen · {size} · niets verstuurd</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{going} of {all} rows go in; %Ln is/are listed in the report</source>
        <translation>
            <numerusform>{going} van {all} rijen gaan mee; %Ln staat in het rapport</numerusform>
            <numerusform>{going} van {all} rijen gaan mee; %Ln staan in het rapport</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxDialog</name>
    <message>
        <source>Accept as this person</source>
        <translation>Accepteren als deze persoon</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>Invite someone first.</source>
        <translation>Nodig eerst iemand uit.</translation>
    </message>
    <message>
        <source>Mails that would have gone out. Play the people who got them.</source>
        <translation>Mails die verstuurd zouden zijn. Speel de mensen die ze kregen.</translation>
    </message>
    <message>
        <source>No mail yet</source>
        <translation>Nog geen mail</translation>
    </message>
    <message>
        <source>Nothing is left to accept here.</source>
        <translation>Hier valt niets meer te accepteren.</translation>
    </message>
    <message>
        <source>Practice inbox</source>
        <translation>Oefenpostvak</translation>
    </message>
</context>
<context>
    <name>InviteDialog</name>
    <message numerus="yes">
        <source>%Ln invitation(s), valid for five days.</source>
        <translation>
            <numerusform>%Ln uitnodiging, vijf dagen geldig.</numerusform>
            <numerusform>%Ln uitnodigingen, vijf dagen geldig.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Correct the addresses first</source>
        <translation>Herstel eerst de adressen</translation>
    </message>
    <message>
        <source>E-mail addresses</source>
        <translation>E-mailadressen</translation>
    </message>
    <message>
        <source>Not an e-mail address: {text}</source>
        <translation>Geen e-mailadres: {text}</translation>
    </message>
    <message>
        <source>One address per line, or separated by commas</source>
        <translation>Eén adres per regel, of gescheiden door komma&apos;s</translation>
    </message>
    <message>
        <source>Send invitations</source>
        <translation>Uitnodigingen versturen</translation>
    </message>
    <message>
        <source>The invitation works for five days.</source>
        <translation>De uitnodiging werkt vijf dagen.</translation>
    </message>
    <message>
        <source>Type at least one address</source>
        <translation>Typ minstens één adres</translation>
    </message>
    <message>
        <source>Whom do you want to invite?</source>
        <translation>Wie wil je uitnodigen?</translation>
    </message>
</context>
<context>
    <name>Members</name>
    <message>
        <source>Invited</source>
        <translation>Uitgenodigd</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Needs confirmation</source>
        <translation>Te bevestigen</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rol</translation>
    </message>
    <message>
        <source>Unknown ({number})</source>
        <translation>Onbekend ({number})</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Jij</translation>
    </message>
</context>
<context>
    <name>MembersPage</name>
    <message numerus="yes">
        <source>%Ln member(s)</source>
        <translation>
            <numerusform>%Ln lid</numerusform>
            <numerusform>%Ln leden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln member(s) need(s) confirmation</source>
        <translation>
            <numerusform>%Ln lid te bevestigen</numerusform>
            <numerusform>%Ln leden te bevestigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln geselecteerd</numerusform>
            <numerusform>%Ln geselecteerd</numerusform>
        </translation>
    </message>
    <message>
        <source>Access to all clients ends at once.</source>
        <translation>De toegang tot alle klanten eindigt meteen.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Change role…</source>
        <translation>Rol wijzigen…</translation>
    </message>
    <message>
        <source>Compare phrase…</source>
        <translation>Zin vergelijken…</translation>
    </message>
    <message>
        <source>Confirm…</source>
        <translation>Bevestigen…</translation>
    </message>
    <message numerus="yes">
        <source>Done: %Ln step(s), read back from the server.</source>
        <translation>
            <numerusform>Klaar: %Ln stap, teruggelezen van de server.</numerusform>
            <numerusform>Klaar: %Ln stappen, teruggelezen van de server.</numerusform>
        </translation>
    </message>
    <message>
        <source>Invite members…</source>
        <translation>Leden uitnodigen…</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>Uitgenodigd</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behouden</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Leden</translation>
    </message>
    <message>
        <source>Needs confirmation</source>
        <translation>Te bevestigen</translation>
    </message>
    <message>
        <source>No member matches this status and search.</source>
        <translation>Geen lid gevonden met deze status en zoekopdracht.</translation>
    </message>
    <message>
        <source>Nobody here</source>
        <translation>Niemand hier</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Verwijderen</translation>
    </message>
    <message>
        <source>Remove {names} from the provider?</source>
        <translation>{names} uit de provider verwijderen?</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Verwijderen…</translation>
    </message>
    <message>
        <source>Resend invitation</source>
        <translation>Uitnodiging opnieuw versturen</translation>
    </message>
    <message>
        <source>Search members</source>
        <translation>Leden zoeken</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>The person&apos;s own Bitwarden account stays.</source>
        <translation>Het eigen Bitwarden-account van de persoon blijft bestaan.</translation>
    </message>
    <message>
        <source>{names}: access starts after you have compared the phrase.</source>
        <translation>{names}: de toegang begint nadat je de zin hebt vergeleken.</translation>
    </message>
    <message>
        <source>{shown} of {all} members</source>
        <translation>{shown} van {all} leden</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Fewer</source>
        <translation>Minder</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Meer</translation>
    </message>
</context>
<context>
    <name>OfflineStrip</name>
    <message>
        <source>Try again</source>
        <translation>Opnieuw proberen</translation>
    </message>
</context>
<context>
    <name>PasswordForm</name>
    <message>
        <source>Working</source>
        <translation>Bezig</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message numerus="yes">
        <source>%Ln invitation(s)</source>
        <translation>
            <numerusform>%Ln uitnodiging</numerusform>
            <numerusform>%Ln uitnodigingen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln invitation(s), up to 20 in each request.</source>
        <translation>
            <numerusform>%Ln uitnodiging, hoogstens 20 per verzoek.</numerusform>
            <numerusform>%Ln uitnodigingen, hoogstens 20 per verzoek.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a list of people</source>
        <translation>Kies een lijst met mensen</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-mailadres</translation>
    </message>
    <message>
        <source>From a CSV file…</source>
        <translation>Uit een CSV-bestand…</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groepen</translation>
    </message>
    <message>
        <source>Not an e-mail address: {text}</source>
        <translation>Geen e-mailadres: {text}</translation>
    </message>
    <message>
        <source>One person per line: e-mail address, role, groups</source>
        <translation>Eén persoon per regel: e-mailadres, rol, groepen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Mensen</translation>
    </message>
    <message>
        <source>People to invite</source>
        <translation>Uit te nodigen mensen</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rol</translation>
    </message>
    <message>
        <source>Several groups are separated by semicolons.</source>
        <translation>Scheid meerdere groepen met puntkomma&apos;s.</translation>
    </message>
    <message>
        <source>The owner is invited already. You can invite people later too.</source>
        <translation>De eigenaar is al uitgenodigd. Je kunt ook later mensen uitnodigen.</translation>
    </message>
    <message>
        <source>The owner only</source>
        <translation>Alleen de eigenaar</translation>
    </message>
    <message>
        <source>There is no group “{name}”.</source>
        <translation>Er is geen groep “{name}”.</translation>
    </message>
    <message>
        <source>Whom do you want to invite?</source>
        <translation>Wie wil je uitnodigen?</translation>
    </message>
    <message>
        <source>anna@example.com, user, Sales
ben@example.com, admin, Sales; Finance</source>
        <translation>anna@example.com, gebruiker, Verkoop
ben@example.com, beheerder, Verkoop; Financiën</translation>
    </message>
    <message>
        <source>{file} is not a text file in UTF-8.</source>
        <translation>{file} is geen tekstbestand in UTF-8.</translation>
    </message>
</context>
<context>
    <name>Permissions</name>
    <message>
        <source>Edit</source>
        <translation>Bewerken</translation>
    </message>
    <message>
        <source>Edit, passwords hidden</source>
        <translation>Bewerken, wachtwoorden verborgen</translation>
    </message>
    <message>
        <source>Manage</source>
        <translation>Beheren</translation>
    </message>
    <message>
        <source>No access</source>
        <translation>Geen toegang</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Bekijken</translation>
    </message>
    <message>
        <source>View, passwords hidden</source>
        <translation>Bekijken, wachtwoorden verborgen</translation>
    </message>
</context>
<context>
    <name>PetrolPanel</name>
    <message>
        <source>Accounts on this computer</source>
        <translation>Accounts op deze computer</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Taal</translation>
    </message>
    <message>
        <source>One desk for all your Bitwarden clients.</source>
        <translation>Eén werkplek voor al je Bitwarden-klanten.</translation>
    </message>
    <message>
        <source>Use another account</source>
        <translation>Ander account gebruiken</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>Versie {number}</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>A client cannot be created twice by accident: the plan recognises its own organization after a broken connection.</source>
        <translation>Een klant kan niet per ongeluk dubbel ontstaan: het plan herkent zijn eigen organisatie na een verbroken verbinding.</translation>
    </message>
    <message>
        <source>Not complete yet</source>
        <translation>Nog niet compleet</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Verzoeken</translation>
    </message>
    <message>
        <source>Seats bought</source>
        <translation>Bijgekochte plaatsen</translation>
    </message>
    <message>
        <source>Takes about</source>
        <translation>Duurt ongeveer</translation>
    </message>
    <message>
        <source>The plan so far</source>
        <translation>Het plan tot nu toe</translation>
    </message>
</context>
<context>
    <name>PoliciesPage</name>
    <message numerus="yes">
        <source>%Ln policies</source>
        <translation>
            <numerusform>%Ln beleidsregel</numerusform>
            <numerusform>%Ln beleidsregels</numerusform>
        </translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Actie</translation>
    </message>
    <message>
        <source>Applies to everybody, owners and admins too.</source>
        <translation>Geldt voor iedereen, ook voor eigenaren en beheerders.</translation>
    </message>
    <message>
        <source>Base domain</source>
        <translation>Basisdomein</translation>
    </message>
    <message>
        <source>Capitalize words</source>
        <translation>Woorden met een hoofdletter</translation>
    </message>
    <message>
        <source>Enrol new members automatically</source>
        <translation>Nieuwe leden automatisch inschrijven</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exact</translation>
    </message>
    <message>
        <source>Existing members comply at their next sign-in</source>
        <translation>Bestaande leden voldoen vanaf hun volgende aanmelding</translation>
    </message>
    <message>
        <source>Gives every member a collection “My items”.</source>
        <translation>Geeft elk lid een verzameling “Mijn items”.</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Include a number</source>
        <translation>Met een cijfer</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Vergrendelen</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Afmelden</translation>
    </message>
    <message>
        <source>Lower case letters</source>
        <translation>Kleine letters</translation>
    </message>
    <message>
        <source>Mails the people concerned.</source>
        <translation>Mailt de betrokken mensen.</translation>
    </message>
    <message>
        <source>Match detection</source>
        <translation>Overeenkomstdetectie</translation>
    </message>
    <message>
        <source>Minimum complexity (0 to 4)</source>
        <translation>Minimale complexiteit (0 tot 4)</translation>
    </message>
    <message>
        <source>Minimum length</source>
        <translation>Minimale lengte</translation>
    </message>
    <message>
        <source>Minimum numbers</source>
        <translation>Minimaal aantal cijfers</translation>
    </message>
    <message>
        <source>Minimum special characters</source>
        <translation>Minimaal aantal speciale tekens</translation>
    </message>
    <message>
        <source>Minimum words</source>
        <translation>Minimaal aantal woorden</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nooit</translation>
    </message>
    <message>
        <source>Not on Teams</source>
        <translation>Niet bij Teams</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Cijfers</translation>
    </message>
    <message>
        <source>Owners and admins are exempt from most of them. Claviger keeps the right order.</source>
        <translation>Eigenaren en beheerders zijn van de meeste regels vrijgesteld. Claviger houdt de juiste volgorde aan.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Wachtzin</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Wachtwoord</translation>
    </message>
    <message>
        <source>Policies belong to the Enterprise plan; this client is on Teams.</source>
        <translation>Beleid hoort bij het type Enterprise; deze klant heeft Teams.</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Reguliere expressie</translation>
    </message>
    <message>
        <source>Revokes members who do not meet it, and mails them.</source>
        <translation>Trekt de toegang in van leden die niet voldoen, en mailt hun dat.</translation>
    </message>
    <message>
        <source>Special characters</source>
        <translation>Speciale tekens</translation>
    </message>
    <message>
        <source>Starts with</source>
        <translation>Begint met</translation>
    </message>
    <message>
        <source>The member&apos;s choice</source>
        <translation>Keuze van het lid</translation>
    </message>
    <message>
        <source>The sender&apos;s address may not be hidden</source>
        <translation>Het adres van de afzender mag niet verborgen zijn</translation>
    </message>
    <message>
        <source>This step is skipped</source>
        <translation>Deze stap wordt overgeslagen</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Soort</translation>
    </message>
    <message>
        <source>Upper case letters</source>
        <translation>Hoofdletters</translation>
    </message>
    <message>
        <source>Which policies should apply?</source>
        <translation>Welk beleid moet gelden?</translation>
    </message>
</context>
<context>
    <name>PolicyRow</name>
    <message>
        <source>Needs: {needs}.</source>
        <translation>Vereist: {needs}.</translation>
    </message>
</context>
<context>
    <name>PracticeDesk</name>
    <message>
        <source>Exports (*.csv)</source>
        <translation>Exportbestanden (*.csv)</translation>
    </message>
    <message>
        <source>Save the sample export</source>
        <translation>Voorbeeldexport bewaren</translation>
    </message>
    <message>
        <source>Saved. Drop the file anywhere in this window.</source>
        <translation>Bewaard. Sleep het bestand naar dit venster.</translation>
    </message>
</context>
<context>
    <name>PracticeRibbon</name>
    <message>
        <source>Connect a real account…</source>
        <translation>Echt account verbinden…</translation>
    </message>
    <message>
        <source>Cut the network</source>
        <translation>Netwerk verbreken</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Niets verlaat deze computer.</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Oefening</translation>
    </message>
    <message>
        <source>Practice inbox</source>
        <translation>Oefenpostvak</translation>
    </message>
    <message>
        <source>Restore the network</source>
        <translation>Netwerk herstellen</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Another Claviger window is writing; this one only reads.</source>
        <translation>Een ander venster van Claviger schrijft; dit venster leest alleen.</translation>
    </message>
    <message>
        <source>Another run is under way; wait until it has ended.</source>
        <translation>Er loopt al een uitvoering; wacht tot die klaar is.</translation>
    </message>
    <message>
        <source>At least one confirmed provider admin must remain.</source>
        <translation>Er moet minstens één bevestigde providerbeheerder overblijven.</translation>
    </message>
    <message>
        <source>Choose at least one row first.</source>
        <translation>Kies eerst minstens één rij.</translation>
    </message>
    <message>
        <source>Not possible at the moment.</source>
        <translation>Op dit moment niet mogelijk.</translation>
    </message>
    <message>
        <source>Not while Claviger is locked.</source>
        <translation>Niet mogelijk zolang Claviger vergrendeld is.</translation>
    </message>
    <message>
        <source>Not while there is no connection to the server.</source>
        <translation>Niet mogelijk zonder verbinding met de server.</translation>
    </message>
    <message>
        <source>Only a provider admin can do this.</source>
        <translation>Dit kan alleen een providerbeheerder.</translation>
    </message>
    <message>
        <source>Only for people who accepted their invitation.</source>
        <translation>Alleen voor mensen die hun uitnodiging hebben geaccepteerd.</translation>
    </message>
    <message>
        <source>Only for people who have not accepted yet.</source>
        <translation>Alleen voor mensen die nog niet hebben geaccepteerd.</translation>
    </message>
    <message>
        <source>Policies belong to the Enterprise plan.</source>
        <translation>Beleid hoort bij het type Enterprise.</translation>
    </message>
    <message>
        <source>The provider is suspended; see Billing in the web vault.</source>
        <translation>De provider is opgeschort; zie Facturering in de webkluis.</translation>
    </message>
    <message>
        <source>The session has ended. Sign in again first.</source>
        <translation>De sessie is beëindigd. Meld je eerst opnieuw aan.</translation>
    </message>
    <message>
        <source>You cannot remove yourself.</source>
        <translation>Je kunt jezelf niet verwijderen.</translation>
    </message>
</context>
<context>
    <name>Reception</name>
    <message>
        <source>Checking the code…</source>
        <translation>Code controleren…</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Oefening</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Aanmelden…</translation>
    </message>
    <message>
        <source>Starting the practice server…</source>
        <translation>Oefenserver starten…</translation>
    </message>
    <message>
        <source>This is not an address of a server. It begins with https://.</source>
        <translation>Dit is geen adres van een server. Zo&apos;n adres begint met https://.</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>Ontgrendelen…</translation>
    </message>
    <message>
        <source>Use the server&apos;s salt</source>
        <translation>De salt van de server gebruiken</translation>
    </message>
    <message>
        <source>Use the weaker settings</source>
        <translation>De zwakkere instellingen gebruiken</translation>
    </message>
</context>
<context>
    <name>RecordTable</name>
    <message>
        <source>Sort by</source>
        <translation>Sorteren op</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>A name is needed</source>
        <translation>Er is een naam nodig</translation>
    </message>
    <message>
        <source>At most 50 characters</source>
        <translation>Hoogstens 50 tekens</translation>
    </message>
    <message>
        <source>Keep the name</source>
        <translation>Naam behouden</translation>
    </message>
    <message>
        <source>Members see this name in their vault.</source>
        <translation>Leden zien deze naam in hun kluis.</translation>
    </message>
    <message>
        <source>Organization name</source>
        <translation>Naam van de organisatie</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Naam wijzigen</translation>
    </message>
    <message>
        <source>Rename {client}?</source>
        <translation>De naam van {client} wijzigen?</translation>
    </message>
    <message>
        <source>The name is the same</source>
        <translation>De naam is dezelfde</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message numerus="yes">
        <source>%Ln more in the saved report</source>
        <translation>
            <numerusform>nog %Ln in het bewaarde rapport</numerusform>
            <numerusform>nog %Ln in het bewaarde rapport</numerusform>
        </translation>
    </message>
    <message>
        <source>Collections created</source>
        <translation>Verzamelingen gemaakt</translation>
    </message>
    <message>
        <source>Everything sent was read back from the server.</source>
        <translation>Alles wat verstuurd is, is van de server teruggelezen.</translation>
    </message>
    <message>
        <source>Groups created</source>
        <translation>Groepen gemaakt</translation>
    </message>
    <message>
        <source>Import of {file}</source>
        <translation>Import van {file}</translation>
    </message>
    <message>
        <source>Invitations sent</source>
        <translation>Uitnodigingen verstuurd</translation>
    </message>
    <message>
        <source>Items read back from the server</source>
        <translation>Items teruggelezen van de server</translation>
    </message>
    <message>
        <source>Not everything could be read back.</source>
        <translation>Niet alles kon worden teruggelezen.</translation>
    </message>
    <message>
        <source>Policies set</source>
        <translation>Beleidsregels ingesteld</translation>
    </message>
    <message>
        <source>Row {row}, {verdict}: {why}</source>
        <translation>Rij {row}, {verdict}: {why}</translation>
    </message>
    <message>
        <source>What was made</source>
        <translation>Wat er is gemaakt</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>Goed om te weten</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minuut</numerusform>
            <numerusform>%Ln minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s)</source>
        <translation>
            <numerusform>%Ln seconde</numerusform>
            <numerusform>%Ln seconden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Already there</source>
        <translation>Is er al</translation>
    </message>
    <message>
        <source>Cannot be undone</source>
        <translation>Kan niet ongedaan worden gemaakt</translation>
    </message>
    <message>
        <source>Every step is written down before it is sent, and read back after it.</source>
        <translation>Elke stap wordt vóór het versturen opgeschreven en erna teruggelezen.</translation>
    </message>
    <message>
        <source>Everything is as wanted. There is nothing to run.</source>
        <translation>Alles is zoals gewenst. Er is niets uit te voeren.</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Verzoeken</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Stappen</translation>
    </message>
    <message>
        <source>Takes about</source>
        <translation>Duurt ongeveer</translation>
    </message>
    <message>
        <source>This will happen, in this order</source>
        <translation>Dit gaat er gebeuren, in deze volgorde</translation>
    </message>
    <message>
        <source>To correct first</source>
        <translation>Eerst te herstellen</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>en nog %Ln</numerusform>
            <numerusform>en nog %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoleChoice</name>
    <message>
        <source>Everything, including new clients, seats, members and billing.</source>
        <translation>Mag alles, ook nieuwe klanten, plaatsen, leden en facturering.</translation>
    </message>
    <message>
        <source>Opens every client; sees neither billing nor members.</source>
        <translation>Opent elke klant; ziet facturering en leden niet.</translation>
    </message>
    <message>
        <source>Provider admin</source>
        <translation>Providerbeheerder</translation>
    </message>
    <message>
        <source>Service user</source>
        <translation>Servicegebruiker</translation>
    </message>
</context>
<context>
    <name>RoleDialog</name>
    <message>
        <source>Change the role</source>
        <translation>Rol wijzigen</translation>
    </message>
    <message>
        <source>Keep the role</source>
        <translation>Rol behouden</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rol</translation>
    </message>
    <message>
        <source>The role is the same</source>
        <translation>De rol is dezelfde</translation>
    </message>
    <message>
        <source>Which role for {name}?</source>
        <translation>Welke rol voor {name}?</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln rij</numerusform>
            <numerusform>%Ln rijen</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Geannuleerd</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Klaar</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Gepauzeerd</translation>
    </message>
    <message>
        <source>Rows in the file: {rows}. Items sent: {sent}; all were read back.</source>
        <translation>Rijen in het bestand: {rows}. Verstuurde items: {sent}; alle zijn teruggelezen.</translation>
    </message>
    <message>
        <source>Rows in the file: {rows}. Items sent: {sent}; read back: {read_back}.</source>
        <translation>Rijen in het bestand: {rows}. Verstuurde items: {sent}; teruggelezen: {read_back}.</translation>
    </message>
    <message>
        <source>Rows not found on the server</source>
        <translation>Rijen die niet op de server zijn gevonden</translation>
    </message>
    <message>
        <source>Rows with a remark</source>
        <translation>Rijen met een opmerking</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Bezig</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Stappen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestopt</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Samenvatting</translation>
    </message>
    <message>
        <source>This step did not succeed; nothing after it was sent. See above.</source>
        <translation>Deze stap is niet gelukt; daarna is niets verstuurd. Zie boven.</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Onzeker</translation>
    </message>
    <message>
        <source>done</source>
        <translation>klaar</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>mislukt</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>niet uitgevoerd</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>verstuurd</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>overgeslagen</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>onzeker</translation>
    </message>
    <message>
        <source>{count} adjusted</source>
        <translation>{count} aangepast</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>{count} weggelaten</translation>
    </message>
    <message>
        <source>{count} lose something</source>
        <translation>{count} verliezen iets</translation>
    </message>
    <message>
        <source>{count} loses something</source>
        <translation>{count} verliest iets</translation>
    </message>
    <message>
        <source>{count} ready</source>
        <translation>{count} klaar</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Add what is missing</source>
        <translation>Aanvullen wat ontbreekt</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>De rest annuleren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>Continue in the background</source>
        <translation>Op de achtergrond doorgaan</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>Uitvoering hervatten</translation>
    </message>
    <message>
        <source>Done: {what}</source>
        <translation>Klaar: {what}</translation>
    </message>
    <message>
        <source>Open the client</source>
        <translation>De klant openen</translation>
    </message>
    <message>
        <source>Paced to the limits of this server</source>
        <translation>In het tempo dat deze server toestaat</translation>
    </message>
    <message>
        <source>Parts of the plan</source>
        <translation>Delen van het plan</translation>
    </message>
    <message>
        <source>Pause after this step</source>
        <translation>Na deze stap pauzeren</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Voortgang</translation>
    </message>
    <message>
        <source>Read again and retry</source>
        <translation>Opnieuw lezen en proberen</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Rapport bewaren</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>Rapport bewaren…</translation>
    </message>
    <message>
        <source>Skip this step</source>
        <translation>Deze stap overslaan</translation>
    </message>
    <message>
        <source>Step {done} of {total}</source>
        <translation>Stap {done} van {total}</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Stappen</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Het plan</translation>
    </message>
    <message numerus="yes">
        <source>Waiting %Ln second(s) for the server&apos;s limit</source>
        <translation>
            <numerusform>%Ln seconde wachten op de limiet van de server</numerusform>
            <numerusform>%Ln seconden wachten op de limiet van de server</numerusform>
        </translation>
    </message>
    <message>
        <source>Web page (*.html);;Table (*.csv);;Text (*.txt)</source>
        <translation>Webpagina (*.html);;Tabel (*.csv);;Tekst (*.txt)</translation>
    </message>
    <message>
        <source>You can work elsewhere meanwhile. The sidebar shows progress.</source>
        <translation>Je kunt intussen elders werken. De zijbalk toont de voortgang.</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>nog ongeveer %Ln minuut</numerusform>
            <numerusform>nog ongeveer %Ln minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln second(s) left</source>
        <translation>
            <numerusform>nog ongeveer %Ln seconde</numerusform>
            <numerusform>nog ongeveer %Ln seconden</numerusform>
        </translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>wacht op jou</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{done} van {all}</translation>
    </message>
    <message>
        <source>{done} of {total} steps</source>
        <translation>{done} van {total} stappen</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear search</source>
        <translation>Zoekopdracht wissen</translation>
    </message>
</context>
<context>
    <name>SeatBar</name>
    <message>
        <source>{used} of {total} seats used</source>
        <translation>{used} van {total} plaatsen in gebruik</translation>
    </message>
</context>
<context>
    <name>SeatsDialog</name>
    <message numerus="yes">
        <source>%Ln seat(s) become free for other clients.</source>
        <translation>
            <numerusform>%Ln plaats komt vrij voor andere klanten.</numerusform>
            <numerusform>%Ln plaatsen komen vrij voor andere klanten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) bought on the next invoice.</source>
        <translation>
            <numerusform>%Ln plaats wordt bijgekocht op de volgende factuur.</numerusform>
            <numerusform>%Ln plaatsen worden bijgekocht op de volgende factuur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) covered by what you already pay for.</source>
        <translation>
            <numerusform>%Ln plaats valt binnen wat je al betaalt.</numerusform>
            <numerusform>%Ln plaatsen vallen binnen wat je al betaalt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln seat(s) in use</source>
        <translation>
            <numerusform>%Ln plaats in gebruik</numerusform>
            <numerusform>%Ln plaatsen in gebruik</numerusform>
        </translation>
    </message>
    <message>
        <source>Assigned seats</source>
        <translation>Toegewezen plaatsen</translation>
    </message>
    <message>
        <source>Change seats</source>
        <translation>Plaatsen wijzigen</translation>
    </message>
    <message>
        <source>Covered by what you already pay for.</source>
        <translation>Valt binnen wat je al betaalt.</translation>
    </message>
    <message>
        <source>How many seats for {client}?</source>
        <translation>Hoeveel plaatsen voor {client}?</translation>
    </message>
    <message>
        <source>Keep the seats</source>
        <translation>Plaatsen behouden</translation>
    </message>
    <message>
        <source>The number is the same</source>
        <translation>Het aantal is hetzelfde</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Clear selection</source>
        <translation>Selectie opheffen</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Meer acties</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Appearance</source>
        <translation>Weergave</translation>
    </message>
    <message>
        <source>Changes when you lock Claviger or start it again.</source>
        <translation>Verandert zodra je Claviger vergrendelt of opnieuw start.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Donker</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-mailadres</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Taal</translation>
    </message>
    <message>
        <source>Language and appearance</source>
        <translation>Taal en weergave</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Light or dark.</source>
        <translation>Licht of donker.</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Provider</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Zoals het systeem</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Instellingen</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tekstgrootte</translation>
    </message>
    <message>
        <source>This account</source>
        <translation>Dit account</translation>
    </message>
    <message>
        <source>Your fingerprint phrase</source>
        <translation>Je vingerafdrukzin</translation>
    </message>
</context>
<context>
    <name>SetupScreen</name>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Verzamelingen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Gegevens</translation>
    </message>
    <message>
        <source>Encrypting on this computer…</source>
        <translation>Versleutelen op deze computer…</translation>
    </message>
    <message>
        <source>Groups and access</source>
        <translation>Groepen en toegang</translation>
    </message>
    <message>
        <source>Groups, collections, members.</source>
        <translation>Groepen, verzamelingen, leden.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>Verder werken</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlaten</translation>
    </message>
    <message>
        <source>Leave this set-up?</source>
        <translation>Deze inrichting verlaten?</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>Nieuwe klant</translation>
    </message>
    <message>
        <source>Nothing was sent. What you answered is forgotten.</source>
        <translation>Er is niets verstuurd. Je antwoorden gaan verloren.</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Mensen</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Beleid</translation>
    </message>
    <message>
        <source>Reading what is there</source>
        <translation>Lezen wat er al is</translation>
    </message>
    <message>
        <source>Review and run</source>
        <translation>Nakijken en uitvoeren</translation>
    </message>
    <message>
        <source>Run the plan</source>
        <translation>Plan uitvoeren</translation>
    </message>
    <message>
        <source>Set up client</source>
        <translation>Klant inrichten</translation>
    </message>
    <message>
        <source>There is nothing to run.</source>
        <translation>Er is niets uit te voeren.</translation>
    </message>
</context>
<context>
    <name>SetupWords</name>
    <message>
        <source>Admin accounts</source>
        <translation>Beheeraccounts</translation>
    </message>
    <message>
        <source>Administrators</source>
        <translation>Beheerders</translation>
    </message>
    <message>
        <source>By department</source>
        <translation>Per afdeling</translation>
    </message>
    <message>
        <source>By function</source>
        <translation>Per functie</translation>
    </message>
    <message>
        <source>Cloud services</source>
        <translation>Clouddiensten</translation>
    </message>
    <message>
        <source>Default collection</source>
        <translation>Standaardverzameling</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leeg</translation>
    </message>
    <message>
        <source>Finance</source>
        <translation>Financiën</translation>
    </message>
    <message>
        <source>IT</source>
        <translation>IT</translation>
    </message>
    <message>
        <source>Management</source>
        <translation>Directie</translation>
    </message>
    <message>
        <source>My items</source>
        <translation>Mijn items</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netwerk</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Verkoop</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Gedeeld</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>Personeel</translation>
    </message>
    <message>
        <source>Websites</source>
        <translation>Websites</translation>
    </message>
    <message>
        <source>Workstations</source>
        <translation>Werkplekken</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Another Claviger window is writing. This one only reads.</source>
        <translation>Een ander venster van Claviger schrijft. Dit venster leest alleen.</translation>
    </message>
    <message>
        <source>Billing</source>
        <translation>Facturering</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Klanten</translation>
    </message>
    <message>
        <source>Event logs</source>
        <translation>Logboek</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Leden</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Geen verbinding</translation>
    </message>
    <message>
        <source>No connection. You see the last known state; nothing can be changed.</source>
        <translation>Geen verbinding. Je ziet de laatst bekende stand; er kan niets worden gewijzigd.</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Nog niet bijgewerkt</translation>
    </message>
    <message>
        <source>Practice server</source>
        <translation>Oefenserver</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Provider</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Instellingen</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Opnieuw aanmelden</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Afgemeld</translation>
    </message>
    <message>
        <source>Synced at {time}</source>
        <translation>Bijgewerkt om {time}</translation>
    </message>
    <message>
        <source>Synced just now</source>
        <translation>Zojuist bijgewerkt</translation>
    </message>
    <message>
        <source>Synced {day}</source>
        <translation>Bijgewerkt op {day}</translation>
    </message>
    <message>
        <source>The session has ended. Sign in again to go on; nothing is lost.</source>
        <translation>De sessie is beëindigd. Meld je opnieuw aan om verder te gaan; er is niets verloren.</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Lock (Ctrl+L)</source>
        <translation>Vergrendelen (Ctrl+L)</translation>
    </message>
    <message>
        <source>Open clients</source>
        <translation>Geopende klanten</translation>
    </message>
    <message>
        <source>Reload (F5)</source>
        <translation>Opnieuw laden (F5)</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Zijbalk</translation>
    </message>
</context>
<context>
    <name>SignInAgainDialog</name>
    <message>
        <source>Code of the authenticator app</source>
        <translation>Code van de authenticator-app</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Master password</source>
        <translation>Hoofdwachtwoord</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Opnieuw aanmelden</translation>
    </message>
    <message>
        <source>The session has ended. What you typed and planned is kept.</source>
        <translation>De sessie is beëindigd. Wat je hebt getypt en gepland, is bewaard.</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>Wachten op de server…</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>A provider invited you and you have not accepted yet.</source>
        <translation>Een provider heeft je uitgenodigd en je hebt nog niet geaccepteerd.</translation>
    </message>
    <message>
        <source>A run waits here: unlock to continue it.</source>
        <translation>Hier wacht een uitvoering: ontgrendel om die te hervatten.</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>Adres van de server</translation>
    </message>
    <message>
        <source>An example provider on this computer. No account is needed.</source>
        <translation>Een voorbeeldprovider op deze computer. Je hebt geen account nodig.</translation>
    </message>
    <message>
        <source>As in the web vault.</source>
        <translation>Zoals in de webkluis.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Doorgaan</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-mailadres</translation>
    </message>
    <message>
        <source>I am confirmed, sign in</source>
        <translation>Ik ben bevestigd, aanmelden</translation>
    </message>
    <message>
        <source>I have an invitation</source>
        <translation>Ik heb een uitnodiging</translation>
    </message>
    <message>
        <source>It never leaves this computer.</source>
        <translation>Het verlaat deze computer nooit.</translation>
    </message>
    <message>
        <source>Last synced {when}. Opens without a connection too.</source>
        <translation>Laatst bijgewerkt: {when}. Opent ook zonder verbinding.</translation>
    </message>
    <message>
        <source>Master password</source>
        <translation>Hoofdwachtwoord</translation>
    </message>
    <message>
        <source>Open the link in the invitation; it works for five days.</source>
        <translation>Open de link in de uitnodiging; die werkt vijf dagen.</translation>
    </message>
    <message>
        <source>Opens without a connection too.</source>
        <translation>Opent ook zonder verbinding.</translation>
    </message>
    <message>
        <source>Practice account</source>
        <translation>Oefenaccount</translation>
    </message>
    <message>
        <source>Practice password: {password}</source>
        <translation>Oefenwachtwoord: {password}</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>Oefenen</translation>
    </message>
    <message>
        <source>Practising changes nothing anywhere; you can sign in later.</source>
        <translation>Oefenen verandert nergens iets; aanmelden kan later ook.</translation>
    </message>
    <message>
        <source>Self-hosted server…</source>
        <translation>Zelfgehoste server…</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Sign in there, or create an account with the address it was sent to.</source>
        <translation>Meld je daar aan, of maak een account met het adres waarop je de uitnodiging kreeg.</translation>
    </message>
    <message>
        <source>Start practising</source>
        <translation>Beginnen met oefenen</translation>
    </message>
    <message>
        <source>The server does not know this computer</source>
        <translation>De server kent deze computer niet</translation>
    </message>
    <message>
        <source>Then choose Sign in here.</source>
        <translation>Kies daarna hier Aanmelden.</translation>
    </message>
    <message>
        <source>Two-step login</source>
        <translation>Tweestapsaanmelding</translation>
    </message>
    <message>
        <source>Type the address of the server first.</source>
        <translation>Typ eerst het adres van de server.</translation>
    </message>
    <message>
        <source>Type the code it has just mailed to you.</source>
        <translation>Typ de code die je zojuist per mail hebt gekregen.</translation>
    </message>
    <message>
        <source>Type the six digits of your authenticator app.</source>
        <translation>Typ de zes cijfers van je authenticator-app.</translation>
    </message>
    <message>
        <source>Type your e-mail address first.</source>
        <translation>Typ eerst je e-mailadres.</translation>
    </message>
    <message>
        <source>Type your master password first.</source>
        <translation>Typ eerst je hoofdwachtwoord.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Ontgrendelen</translation>
    </message>
    <message>
        <source>Wait until a provider admin has compared your phrase and confirmed you.</source>
        <translation>Wacht tot een providerbeheerder je zin heeft vergeleken en je heeft bevestigd.</translation>
    </message>
    <message>
        <source>Where do you want to start?</source>
        <translation>Waar wil je beginnen?</translation>
    </message>
    <message>
        <source>With the Bitwarden account you use for the Provider Portal.</source>
        <translation>Met het Bitwarden-account waarmee je het Providerportaal gebruikt.</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>Hide password</source>
        <translation>Wachtwoord verbergen</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Wachtwoord tonen</translation>
    </message>
</context>
<context>
    <name>TreeEdit</name>
    <message>
        <source>Add collection</source>
        <translation>Verzameling toevoegen</translation>
    </message>
    <message>
        <source>Add inside</source>
        <translation>Erin toevoegen</translation>
    </message>
    <message>
        <source>Choose a collection first</source>
        <translation>Kies eerst een verzameling</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Nieuwe verzameling</translation>
    </message>
    <message>
        <source>Remove collection</source>
        <translation>Verzameling verwijderen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Naam wijzigen</translation>
    </message>
</context>
<context>
    <name>TryCard</name>
    <message>
        <source>1,200 rows as a client would send them. Save it, then drop it here.</source>
        <translation>1.200 rijen zoals een klant ze stuurt. Bewaar de export en sleep die hierheen.</translation>
    </message>
    <message>
        <source>Compare phrase…</source>
        <translation>Zin vergelijken…</translation>
    </message>
    <message>
        <source>Confirm Billy</source>
        <translation>Billy bevestigen</translation>
    </message>
    <message>
        <source>Drop the sample export</source>
        <translation>Voorbeeldexport inslepen</translation>
    </message>
    <message>
        <source>From nothing to a filled vault in about four minutes.</source>
        <translation>Van niets tot een gevulde kluis in ongeveer vier minuten.</translation>
    </message>
    <message>
        <source>He accepted his invitation; compare his phrase.</source>
        <translation>Hij heeft zijn uitnodiging geaccepteerd; vergelijk zijn zin.</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>Nieuwe klant</translation>
    </message>
    <message>
        <source>Read the report</source>
        <translation>Rapport lezen</translation>
    </message>
    <message>
        <source>Save the sample export…</source>
        <translation>Voorbeeldexport bewaren…</translation>
    </message>
    <message>
        <source>Set up a client</source>
        <translation>Klant inrichten</translation>
    </message>
    <message>
        <source>Try this</source>
        <translation>Probeer dit</translation>
    </message>
    <message>
        <source>What became of every row.</source>
        <translation>Wat er van elke rij is geworden.</translation>
    </message>
</context>
<context>
    <name>WaitingStrip</name>
    <message>
        <source>A run for {client} was interrupted at step {done} of {total}.</source>
        <translation>Een uitvoering voor {client} is onderbroken bij stap {done} van {total}.</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>Uitvoering hervatten</translation>
    </message>
    <message>
        <source>Do not offer again</source>
        <translation>Niet meer aanbieden</translation>
    </message>
</context>
<context>
    <name>WhichClientDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Klant</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Klanten</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Doorgaan</translation>
    </message>
    <message>
        <source>New client…</source>
        <translation>Nieuwe klant…</translation>
    </message>
    <message>
        <source>Search clients</source>
        <translation>Klanten zoeken</translation>
    </message>
    <message>
        <source>Which client is this file for?</source>
        <translation>Voor welke klant is dit bestand?</translation>
    </message>
    <message>
        <source>{file} is read on this computer first.</source>
        <translation>{file} wordt eerst op deze computer gelezen.</translation>
    </message>
</context>
<context>
    <name>WizardFrame</name>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Doorgaan</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Uitvoeren</translation>
    </message>
    <message>
        <source>Step {here} of {all}: {title}</source>
        <translation>Stap {here} van {all}: {title}</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%Ln address(es) too long; kept in the notes.</source>
        <translation>
            <numerusform>%Ln adres is te lang; het staat in de notities.</numerusform>
            <numerusform>%Ln adressen zijn te lang; ze staan in de notities.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attachment(s) left behind.</source>
        <translation>
            <numerusform>%Ln bijlage blijft achter.</numerusform>
            <numerusform>%Ln bijlagen blijven achter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) without a heading kept in the notes.</source>
        <translation>
            <numerusform>%Ln cel zonder kop is in de notities bewaard.</numerusform>
            <numerusform>%Ln cellen zonder kop zijn in de notities bewaard.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) joined to the field before.</source>
        <translation>
            <numerusform>%Ln regel is bij het veld ervoor gevoegd.</numerusform>
            <numerusform>%Ln regels zijn bij het veld ervoor gevoegd.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older password(s) kept as hidden fields.</source>
        <translation>
            <numerusform>%Ln ouder wachtwoord is als verborgen veld bewaard.</numerusform>
            <numerusform>%Ln oudere wachtwoorden zijn als verborgen velden bewaard.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passkey(s) kept as hidden fields, no longer usable.</source>
        <translation>
            <numerusform>%Ln passkey is als verborgen veld bewaard, niet meer bruikbaar.</numerusform>
            <numerusform>%Ln passkeys zijn als verborgen velden bewaard, niet meer bruikbaar.</numerusform>
        </translation>
    </message>
    <message>
        <source>A client needs at least one seat.</source>
        <translation>Een klant heeft minstens één plaats nodig.</translation>
    </message>
    <message>
        <source>A collection needs a name: “{collection}”</source>
        <translation>Een verzameling heeft een naam nodig: “{collection}”</translation>
    </message>
    <message>
        <source>A group needs a name.</source>
        <translation>Een groep heeft een naam nodig.</translation>
    </message>
    <message>
        <source>A group&apos;s name has at most 100 characters: “{group}”</source>
        <translation>De naam van een groep heeft hoogstens 100 tekens: “{group}”</translation>
    </message>
    <message>
        <source>A key block is longer than a note and was cut.</source>
        <translation>Een sleutelblok is langer dan een notitie en is in delen geknipt.</translation>
    </message>
    <message>
        <source>A name has at most 50 characters; this one has {length}.</source>
        <translation>Een naam heeft hoogstens 50 tekens; deze heeft er {length}.</translation>
    </message>
    <message>
        <source>Access was read back; the client&apos;s log has one entry about it.</source>
        <translation>De toegang is teruggelezen; het logboek van de klant heeft daar één regel over.</translation>
    </message>
    <message>
        <source>Account recovery</source>
        <translation>Accountherstel</translation>
    </message>
    <message>
        <source>Activate autofill</source>
        <translation>Automatisch invullen inschakelen</translation>
    </message>
    <message>
        <source>Add to {client}</source>
        <translation>Toevoegen aan {client}</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adres</translation>
    </message>
    <message>
        <source>Adjusted</source>
        <translation>Aangepast</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Beheerder</translation>
    </message>
    <message>
        <source>An option of “{policy}” is out of range.</source>
        <translation>Een optie van “{policy}” valt buiten het bereik.</translation>
    </message>
    <message>
        <source>An organization takes at most 2,000 collections at once.</source>
        <translation>Een organisatie neemt hoogstens 2.000 verzamelingen tegelijk aan.</translation>
    </message>
    <message>
        <source>Authenticator key</source>
        <translation>Authenticatorsleutel</translation>
    </message>
    <message>
        <source>Automatic confirmation</source>
        <translation>Automatische bevestiging</translation>
    </message>
    <message>
        <source>Automatic login with SSO</source>
        <translation>Automatisch aanmelden met SSO</translation>
    </message>
    <message>
        <source>Becomes a secure note: there is nothing to log in with.</source>
        <translation>Wordt een beveiligde notitie: er is niets om mee aan te melden.</translation>
    </message>
    <message>
        <source>Block accounts on claimed domains</source>
        <translation>Accounts op geclaimde domeinen blokkeren</translation>
    </message>
    <message>
        <source>Cannot be imported</source>
        <translation>Kan niet mee</translation>
    </message>
    <message>
        <source>Change a policy of {client}</source>
        <translation>Een beleidsregel van {client} wijzigen</translation>
    </message>
    <message>
        <source>Change a role</source>
        <translation>Een rol wijzigen</translation>
    </message>
    <message>
        <source>Change the role of {email} to {role}</source>
        <translation>De rol van {email} wijzigen in {role}</translation>
    </message>
    <message>
        <source>Change the seats of {client}</source>
        <translation>De plaatsen van {client} wijzigen</translation>
    </message>
    <message>
        <source>Change {client}</source>
        <translation>{client} wijzigen</translation>
    </message>
    <message>
        <source>Collection “{collection}” exists</source>
        <translation>De verzameling “{collection}” bestaat al</translation>
    </message>
    <message numerus="yes">
        <source>Confirm %Ln member(s): {emails}</source>
        <translation>
            <numerusform>%Ln lid bevestigen: {emails}</numerusform>
            <numerusform>%Ln leden bevestigen: {emails}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Confirm %Ln person(s): {emails}</source>
        <translation>
            <numerusform>%Ln persoon bevestigen: {emails}</numerusform>
            <numerusform>%Ln personen bevestigen: {emails}</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm members of the provider</source>
        <translation>Leden van de provider bevestigen</translation>
    </message>
    <message>
        <source>Confirm people of {client}</source>
        <translation>Mensen van {client} bevestigen</translation>
    </message>
    <message>
        <source>Counter-based codes do not work; kept as a hidden field.</source>
        <translation>Codes op basis van een teller werken niet; bewaard als verborgen veld.</translation>
    </message>
    <message>
        <source>Create the collection “{collection}”</source>
        <translation>De verzameling “{collection}” maken</translation>
    </message>
    <message numerus="yes">
        <source>Create the group “{group}” with access to %Ln collection(s)</source>
        <translation>
            <numerusform>De groep “{group}” maken met toegang tot %Ln verzameling</numerusform>
            <numerusform>De groep “{group}” maken met toegang tot %Ln verzamelingen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Create {name} on {plan} with %Ln seat(s); invite {email}</source>
        <translation>
            <numerusform>{name} maken op {plan} met %Ln plaats; {email} uitnodigen</numerusform>
            <numerusform>{name} maken op {plan} met %Ln plaatsen; {email} uitnodigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Aangepast</translation>
    </message>
    <message>
        <source>Desktop autotype default</source>
        <translation>Standaard voor automatisch typen op de desktop</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dubbel</translation>
    </message>
    <message>
        <source>Edit items</source>
        <translation>Items bewerken</translation>
    </message>
    <message>
        <source>Edit items, hidden passwords</source>
        <translation>Items bewerken, wachtwoorden verborgen</translation>
    </message>
    <message>
        <source>Fill assist</source>
        <translation>Invulhulp</translation>
    </message>
    <message numerus="yes">
        <source>Give {client} %Ln seat(s)</source>
        <translation>
            <numerusform>{client} %Ln plaats geven</numerusform>
            <numerusform>{client} %Ln plaatsen geven</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give “{group}” access to %Ln collection(s)</source>
        <translation>
            <numerusform>“{group}” toegang geven tot %Ln verzameling</numerusform>
            <numerusform>“{group}” toegang geven tot %Ln verzamelingen</numerusform>
        </translation>
    </message>
    <message>
        <source>Group “{group}” exists</source>
        <translation>De groep “{group}” bestaat al</translation>
    </message>
    <message>
        <source>HTML codes such as &amp;amp; became the characters they mean.</source>
        <translation>HTML-codes zoals &amp;amp; zijn de tekens geworden die ze betekenen.</translation>
    </message>
    <message>
        <source>Had no name; is now called “{name}”.</source>
        <translation>Had geen naam; heet nu “{name}”.</translation>
    </message>
    <message>
        <source>Imported items can only be removed by a member of the client.</source>
        <translation>Geïmporteerde items kan alleen een lid van de klant verwijderen.</translation>
    </message>
    <message>
        <source>Invitation mails cannot be called back.</source>
        <translation>Uitnodigingsmails zijn niet terug te halen.</translation>
    </message>
    <message numerus="yes">
        <source>Invite %Ln person(s) as {role}</source>
        <translation>
            <numerusform>%Ln persoon uitnodigen als {role}</numerusform>
            <numerusform>%Ln personen uitnodigen als {role}</numerusform>
        </translation>
    </message>
    <message>
        <source>Invite members of the provider</source>
        <translation>Leden van de provider uitnodigen</translation>
    </message>
    <message>
        <source>Looks like HTML codes, but the file is not escaped: kept.</source>
        <translation>Lijkt op HTML-codes, maar het bestand gebruikt die niet: behouden.</translation>
    </message>
    <message>
        <source>Loses something</source>
        <translation>Verliest iets</translation>
    </message>
    <message>
        <source>Manage collection</source>
        <translation>Verzameling beheren</translation>
    </message>
    <message>
        <source>Master password requirements</source>
        <translation>Vereisten voor het hoofdwachtwoord</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Name of a field</source>
        <translation>Naam van een veld</translation>
    </message>
    <message>
        <source>New collection for {client}</source>
        <translation>Nieuwe verzameling voor {client}</translation>
    </message>
    <message>
        <source>No access</source>
        <translation>Geen toegang</translation>
    </message>
    <message>
        <source>No row of this file can be imported. Choose another file.</source>
        <translation>Geen enkele rij van dit bestand kan mee. Kies een ander bestand.</translation>
    </message>
    <message>
        <source>Not an e-mail address: {email}</source>
        <translation>Geen e-mailadres: {email}</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notities</translation>
    </message>
    <message>
        <source>Older password</source>
        <translation>Ouder wachtwoord</translation>
    </message>
    <message>
        <source>Organization data ownership</source>
        <translation>Gegevenseigendom van de organisatie</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Eigenaar</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Wachtwoord</translation>
    </message>
    <message>
        <source>Password generator</source>
        <translation>Wachtwoordgenerator</translation>
    </message>
    <message>
        <source>People: {people}. Free seats: {free}. Add seats or invite fewer.</source>
        <translation>Mensen: {people}. Vrije plaatsen: {free}. Voeg plaatsen toe of nodig minder mensen uit.</translation>
    </message>
    <message>
        <source>Policy “{policy}” is as wanted</source>
        <translation>De beleidsregel “{policy}” is zoals gewenst</translation>
    </message>
    <message>
        <source>Provider admin</source>
        <translation>Providerbeheerder</translation>
    </message>
    <message numerus="yes">
        <source>Read back %Ln item(s) and compare</source>
        <translation>
            <numerusform>%Ln item teruglezen en vergelijken</numerusform>
            <numerusform>%Ln items teruglezen en vergelijken</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Klaar</translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln member(s)</source>
        <translation>
            <numerusform>%Ln lid verwijderen</numerusform>
            <numerusform>%Ln leden verwijderen</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove Send</source>
        <translation>Send verwijderen</translation>
    </message>
    <message>
        <source>Remove free Families sponsorship</source>
        <translation>Gratis Families-sponsoring verwijderen</translation>
    </message>
    <message>
        <source>Remove individual vault export</source>
        <translation>Export van de persoonlijke kluis verwijderen</translation>
    </message>
    <message>
        <source>Remove members of the provider</source>
        <translation>Leden van de provider verwijderen</translation>
    </message>
    <message>
        <source>Remove unlock with PIN</source>
        <translation>Ontgrendelen met pincode verwijderen</translation>
    </message>
    <message>
        <source>Rename {client}</source>
        <translation>De naam van {client} wijzigen</translation>
    </message>
    <message>
        <source>Rename {client} to {name}</source>
        <translation>De naam van {client} wijzigen in {name}</translation>
    </message>
    <message>
        <source>Require single sign-on</source>
        <translation>Single sign-on vereisen</translation>
    </message>
    <message>
        <source>Require two-step login</source>
        <translation>Tweestapsaanmelding vereisen</translation>
    </message>
    <message numerus="yes">
        <source>Resend %Ln invitation(s)</source>
        <translation>
            <numerusform>%Ln uitnodiging opnieuw versturen</numerusform>
            <numerusform>%Ln uitnodigingen opnieuw versturen</numerusform>
        </translation>
    </message>
    <message>
        <source>Resend invitations</source>
        <translation>Uitnodigingen opnieuw versturen</translation>
    </message>
    <message>
        <source>Restricted item types</source>
        <translation>Beperkte itemtypes</translation>
    </message>
    <message>
        <source>Row {row}: “{field}” is too long once encrypted.</source>
        <translation>Rij {row}: “{field}” wordt te lang na versleuteling.</translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln item(s), part {number} of {of}</source>
        <translation>
            <numerusform>%Ln item versturen, deel {number} van {of}</numerusform>
            <numerusform>%Ln items versturen, deel {number} van {of}</numerusform>
        </translation>
    </message>
    <message>
        <source>Send controls</source>
        <translation>Instellingen voor Send</translation>
    </message>
    <message>
        <source>Send options</source>
        <translation>Opties voor Send</translation>
    </message>
    <message>
        <source>Service user</source>
        <translation>Servicegebruiker</translation>
    </message>
    <message>
        <source>Session timeout</source>
        <translation>Sessietime-out</translation>
    </message>
    <message>
        <source>Set up {client}</source>
        <translation>{client} inrichten</translation>
    </message>
    <message>
        <source>Single organization</source>
        <translation>Enkele organisatie</translation>
    </message>
    <message>
        <source>Some items are not in the vault; the rows are listed.</source>
        <translation>Sommige items staan niet in de kluis; de rijen staan in het rapport.</translation>
    </message>
    <message>
        <source>Somebody has to manage the collections: choose a group.</source>
        <translation>Iemand moet de verzamelingen beheren: kies een groep.</translation>
    </message>
    <message>
        <source>The Android address got its usual form.</source>
        <translation>Het Android-adres heeft de gewone vorm gekregen.</translation>
    </message>
    <message>
        <source>The SSH key has a form clients cannot use; kept as a note.</source>
        <translation>De SSH-sleutel heeft een vorm die apps niet kunnen gebruiken; bewaard als notitie.</translation>
    </message>
    <message>
        <source>The SSH key is too long; it became a secure note.</source>
        <translation>De SSH-sleutel is te lang; het is een beveiligde notitie geworden.</translation>
    </message>
    <message>
        <source>The access of “{group}” is as wanted</source>
        <translation>De toegang van “{group}” is zoals gewenst</translation>
    </message>
    <message>
        <source>The address gets https:// in front.</source>
        <translation>Voor het adres komt https:// te staan.</translation>
    </message>
    <message>
        <source>The authenticator key got its usual form.</source>
        <translation>De authenticatorsleutel heeft de gewone vorm gekregen.</translation>
    </message>
    <message>
        <source>The authenticator key is not valid; kept as a hidden field.</source>
        <translation>De authenticatorsleutel is ongeldig; bewaard als verborgen veld.</translation>
    </message>
    <message>
        <source>The authenticator key is too long; kept as a hidden field.</source>
        <translation>De authenticatorsleutel is te lang; bewaard als verborgen veld.</translation>
    </message>
    <message>
        <source>The client needs a name.</source>
        <translation>De klant heeft een naam nodig.</translation>
    </message>
    <message>
        <source>The folder is now “{folder}”.</source>
        <translation>De map heet nu “{folder}”.</translation>
    </message>
    <message>
        <source>The folder&apos;s name is too long; it is now “{folder}”.</source>
        <translation>De naam van de map is te lang; de map heet nu “{folder}”.</translation>
    </message>
    <message>
        <source>The group “{group}” is to manage, but does not exist.</source>
        <translation>De groep “{group}” moet beheren, maar bestaat niet.</translation>
    </message>
    <message>
        <source>The item cannot be read: {problem}</source>
        <translation>Het item is niet te lezen: {problem}</translation>
    </message>
    <message>
        <source>The item is in the trash.</source>
        <translation>Het item ligt in de prullenbak.</translation>
    </message>
    <message numerus="yes">
        <source>The item names %Ln folder(s) that the file does not hold.</source>
        <translation>
            <numerusform>Het item noemt %Ln map die niet in het bestand staat.</numerusform>
            <numerusform>Het item noemt %Ln mappen die niet in het bestand staan.</numerusform>
        </translation>
    </message>
    <message>
        <source>The name is too long; the full one is in the notes.</source>
        <translation>De naam is te lang; de volledige staat in de notities.</translation>
    </message>
    <message>
        <source>The name of this collection is too long: “{collection}”</source>
        <translation>De naam van deze verzameling is te lang: “{collection}”</translation>
    </message>
    <message>
        <source>The note is too long for one item; it became {parts} parts.</source>
        <translation>De notitie is te lang voor één item; het zijn {parts} delen geworden.</translation>
    </message>
    <message numerus="yes">
        <source>The organization is created with %Ln assigned seat(s).</source>
        <translation>
            <numerusform>De organisatie wordt gemaakt met %Ln toegewezen plaats.</numerusform>
            <numerusform>De organisatie wordt gemaakt met %Ln toegewezen plaatsen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The row has half a character that cannot be stored.</source>
        <translation>De rij bevat een half teken dat niet kan worden bewaard.</translation>
    </message>
    <message numerus="yes">
        <source>The row is %Ln cell(s) short.</source>
        <translation>
            <numerusform>De rij mist %Ln cel.</numerusform>
            <numerusform>De rij mist %Ln cellen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The row is empty.</source>
        <translation>De rij is leeg.</translation>
    </message>
    <message>
        <source>The row repeats the heading.</source>
        <translation>De rij herhaalt de kopregel.</translation>
    </message>
    <message>
        <source>The row was broken over {count} lines and is joined again.</source>
        <translation>De rij was over {count} regels verdeeld en is weer samengevoegd.</translation>
    </message>
    <message>
        <source>The same as row {first}.</source>
        <translation>Gelijk aan rij {first}.</translation>
    </message>
    <message>
        <source>The server does not list items; ask the owner to check that all are there.</source>
        <translation>De server toont geen items; vraag de eigenaar na te gaan of alles er is.</translation>
    </message>
    <message>
        <source>The server had stopped halfway; what was missing is added.</source>
        <translation>De server was halverwege gestopt; wat ontbrak, is aangevuld.</translation>
    </message>
    <message>
        <source>There is a second client with the same key on the server.</source>
        <translation>Op de server staat een tweede klant met dezelfde sleutel.</translation>
    </message>
    <message>
        <source>This collection is listed twice: “{collection}”</source>
        <translation>Deze verzameling staat er twee keer: “{collection}”</translation>
    </message>
    <message>
        <source>This computer has imported the same item into this client before.</source>
        <translation>Deze computer heeft hetzelfde item al eerder bij deze klant geïmporteerd.</translation>
    </message>
    <message>
        <source>This group is listed twice: “{group}”</source>
        <translation>Deze groep staat er twee keer: “{group}”</translation>
    </message>
    <message>
        <source>This kind of item is not known; it became a secure note.</source>
        <translation>Dit soort item is onbekend; het is een beveiligde notitie geworden.</translation>
    </message>
    <message>
        <source>This plan has no groups.</source>
        <translation>Dit abonnementstype heeft geen groepen.</translation>
    </message>
    <message>
        <source>Turn off the policy “{policy}”</source>
        <translation>De beleidsregel “{policy}” uitzetten</translation>
    </message>
    <message>
        <source>Turn on the policy “{policy}”</source>
        <translation>De beleidsregel “{policy}” aanzetten</translation>
    </message>
    <message>
        <source>Type the e-mail address of the client&apos;s owner.</source>
        <translation>Typ het e-mailadres van de klanteigenaar.</translation>
    </message>
    <message>
        <source>URI match detection default</source>
        <translation>Standaard voor URI-overeenkomstdetectie</translation>
    </message>
    <message>
        <source>Unknown ({number})</source>
        <translation>Onbekend ({number})</translation>
    </message>
    <message>
        <source>Unknown policy ({number})</source>
        <translation>Onbekende beleidsregel ({number})</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Gebruiker</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Gebruikersnaam</translation>
    </message>
    <message>
        <source>Value of a field</source>
        <translation>Waarde van een veld</translation>
    </message>
    <message>
        <source>Vault banner</source>
        <translation>Kluisbanner</translation>
    </message>
    <message>
        <source>View items</source>
        <translation>Items bekijken</translation>
    </message>
    <message>
        <source>View items, hidden passwords</source>
        <translation>Items bekijken, wachtwoorden verborgen</translation>
    </message>
    <message>
        <source>Was archived; the date is kept as a field.</source>
        <translation>Was gearchiveerd; de datum is als veld bewaard.</translation>
    </message>
    <message>
        <source>Whoever is confirmed has had the client&apos;s key, also after being removed.</source>
        <translation>Wie bevestigd is, heeft de sleutel van de klant gehad, ook na verwijdering.</translation>
    </message>
    <message>
        <source>Whoever is confirmed has had the key of every client, also after being removed.</source>
        <translation>Wie bevestigd is, heeft de sleutel van elke klant gehad, ook na verwijdering.</translation>
    </message>
    <message>
        <source>Whoever is removed has to be invited and confirmed anew.</source>
        <translation>Wie verwijderd is, moet opnieuw worden uitgenodigd en bevestigd.</translation>
    </message>
    <message>
        <source>{client} exists</source>
        <translation>{client} bestaat al</translation>
    </message>
    <message>
        <source>{email} is a member or invited</source>
        <translation>{email} is al lid of uitgenodigd</translation>
    </message>
    <message>
        <source>{email} is invited as the owner already.</source>
        <translation>{email} is al als eigenaar uitgenodigd.</translation>
    </message>
    <message>
        <source>{email} is listed twice.</source>
        <translation>{email} staat er twee keer.</translation>
    </message>
    <message>
        <source>{email} is to be in “{group}”, which does not exist.</source>
        <translation>{email} moet in “{group}”, maar die groep bestaat niet.</translation>
    </message>
    <message>
        <source>“{field}” has an unknown kind; kept as a hidden field.</source>
        <translation>“{field}” is van een onbekende soort; bewaard als verborgen veld.</translation>
    </message>
    <message>
        <source>“{field}” is too long for its place and was moved.</source>
        <translation>“{field}” is te lang voor die plek en is verplaatst.</translation>
    </message>
    <message>
        <source>“{field}” moves to the notes.</source>
        <translation>“{field}” gaat naar de notities.</translation>
    </message>
    <message>
        <source>“{policy}” needs “{needs}” first.</source>
        <translation>“{policy}” vereist eerst “{needs}”.</translation>
    </message>
    <message>
        <source>“{policy}” revokes members who do not meet it; turning it off does not restore them.</source>
        <translation>“{policy}” trekt de toegang in van leden die niet voldoen; uitzetten geeft die niet terug.</translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message>
        <source>A set-up is open already. Finish it or leave it first.</source>
        <translation>Er staat al een inrichting open. Rond die eerst af of verlaat die.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Tonen</translation>
    </message>
</context>
<context>
    <name>_GroupBox</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>en nog %Ln</numerusform>
            <numerusform>en nog %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_GroupHead</name>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} van {total}</translation>
    </message>
</context>
<context>
    <name>_Toast</name>
    <message>
        <source>Close message</source>
        <translation>Melding sluiten</translation>
    </message>
</context>
<context>
    <name>_TreeDelegate</name>
    <message>
        <source>Name of the collection</source>
        <translation>Naam van de verzameling</translation>
    </message>
</context>
</TS>
