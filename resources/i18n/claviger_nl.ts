<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl" sourcelanguage="en">
<context>
    <name>AcceptKeysDialog</name>
    <message numerus="yes">
        <source>Accept %Ln key(s)</source>
        <translation>
            <numerusform>%Ln sleutel accepteren</numerusform>
            <numerusform>%Ln sleutels accepteren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept the keys of %Ln client(s)?</source>
        <translation>
            <numerusform>De sleutel van %Ln klant accepteren?</numerusform>
            <numerusform>De sleutels van %Ln klanten accepteren?</numerusform>
        </translation>
    </message>
    <message>
        <source>All of them open under the provider&apos;s key. Compare that fingerprint with the one a colleague sees in Claviger, or with the printed sheet.</source>
        <translation>Ze gaan allemaal open met de sleutel van de provider. Vergelijk de vingerafdruk daarvan met die bij een collega in Claviger, of met de afdruk op papier.</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Klanten</translation>
    </message>
    <message>
        <source>Fingerprint of its key</source>
        <translation>Vingerafdruk van de sleutel</translation>
    </message>
    <message>
        <source>Nobody but the server vouches for these keys. Compare the fingerprints with what a colleague sees in Claviger, or with the printed sheet.</source>
        <translation>Alleen de server staat voor deze sleutels in. Vergelijk de vingerafdrukken met die bij een collega in Claviger, of met de afdruk op papier.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Niet nu</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Provider</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>They turned up without having been made on this computer. Until you accept them nothing is imported, invited or changed there.</source>
        <translation>Ze zijn verschenen zonder dat ze op deze computer zijn gemaakt. Tot je ze accepteert, wordt daar niets geïmporteerd, niemand uitgenodigd en niets gewijzigd.</translation>
    </message>
    <message>
        <source>This computer sees them for the first time. Until you accept them you can only read. If one of them changes later, that is an alarm, and nothing is written there.</source>
        <translation>Deze computer ziet ze voor het eerst. Wijzigt een sleutel na het accepteren, dan volgt een alarm en wordt er bij die klant niets geschreven. Tot je accepteert, kun je alleen lezen.</translation>
    </message>
</context>
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
    <name>ApiKeyForm</name>
    <message>
        <source>API key</source>
        <translation>API-sleutel</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Clientgeheim</translation>
    </message>
    <message>
        <source>It opens your keys here and is not sent.</source>
        <translation>Het opent hier je sleutels en wordt niet verstuurd.</translation>
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
        <source>Type the client ID first.</source>
        <translation>Typ eerst het client-ID.</translation>
    </message>
    <message>
        <source>Type the client secret first.</source>
        <translation>Typ eerst het clientgeheim.</translation>
    </message>
    <message>
        <source>Type your master password first.</source>
        <translation>Typ eerst je hoofdwachtwoord.</translation>
    </message>
    <message>
        <source>You find yours in the web vault, under Security, Keys.</source>
        <translation>Je vindt de jouwe in de webkluis, onder Beveiliging, Sleutels.</translation>
    </message>
</context>
<context>
    <name>ApprovalForm</name>
    <message>
        <source>Ask again</source>
        <translation>Opnieuw vragen</translation>
    </message>
    <message>
        <source>Asking your other devices…</source>
        <translation>Je andere apparaten vragen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Fingerprint phrase</source>
        <translation>Vingerafdrukzin</translation>
    </message>
    <message>
        <source>Fingerprint phrase: {words}</source>
        <translation>Vingerafdrukzin: {words}</translation>
    </message>
    <message>
        <source>Let another device approve</source>
        <translation>Ander apparaat laten goedkeuren</translation>
    </message>
    <message>
        <source>Open Bitwarden where you are signed in. It shows a request from this computer: approve it only if it has the same phrase.</source>
        <translation>Open Bitwarden op een apparaat waarop je bent aangemeld. Daar staat een verzoek van deze computer: keur het alleen goed als er dezelfde zin bij staat.</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Opnieuw versturen</translation>
    </message>
    <message>
        <source>Waiting for the other device…</source>
        <translation>Wachten op het andere apparaat…</translation>
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
    <name>BrowserForm</name>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Copied for {seconds} seconds</source>
        <translation>Gekopieerd voor {seconds} seconden</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adres kopiëren</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the address and open it yourself.</source>
        <translation>Er kon geen browser worden geopend. Kopieer het adres en open het zelf.</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Browser openen</translation>
    </message>
    <message>
        <source>Organization identifier</source>
        <translation>Organisatie-ID</translation>
    </message>
    <message>
        <source>Single sign-on</source>
        <translation>Single sign-on</translation>
    </message>
    <message>
        <source>Waiting for the browser…</source>
        <translation>Wachten op de browser…</translation>
    </message>
    <message>
        <source>Whoever set up single sign-on knows it.</source>
        <translation>Bekend bij wie single sign-on heeft ingesteld.</translation>
    </message>
    <message>
        <source>Your browser opens the sign-in page of your organization. The master password opens your keys afterwards.</source>
        <translation>Je browser opent de aanmeldpagina van je organisatie. Daarna opent het hoofdwachtwoord je sleutels.</translation>
    </message>
</context>
<context>
    <name>CertificateForm</name>
    <message>
        <source>Accepted before</source>
        <translation>Eerder geaccepteerd</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one that the administrator of the server tells you, by phone or on paper. Nothing has been sent yet.</source>
        <translation>Vergelijk de vingerafdruk met die van de serverbeheerder, per telefoon of op papier. Er is nog niets verstuurd.</translation>
    </message>
    <message>
        <source>Fingerprint (SHA-256)</source>
        <translation>Vingerafdruk (SHA-256)</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Uitgegeven door</translation>
    </message>
    <message>
        <source>Issued to</source>
        <translation>Uitgegeven aan</translation>
    </message>
    <message>
        <source>It is the server&apos;s own certificate, not an authority&apos;s: you will be asked again when it is renewed.</source>
        <translation>Dit is het eigen certificaat van de server, niet dat van een certificaatautoriteit: na een vernieuwing wordt het je opnieuw gevraagd.</translation>
    </message>
    <message>
        <source>Shown now</source>
        <translation>Nu getoond</translation>
    </message>
    <message>
        <source>Somebody may stand between you and the server. Go on only if the administrator says that the authority was replaced.</source>
        <translation>Er kan iemand tussen jou en de server zitten. Ga alleen verder als de beheerder zegt dat de certificaatautoriteit is vervangen.</translation>
    </message>
    <message>
        <source>The certificate has expired. Accepting it would not help.</source>
        <translation>Het certificaat is verlopen. Accepteren helpt niet.</translation>
    </message>
    <message>
        <source>The certificate is for another server. Accepting it would not help: check the address.</source>
        <translation>Het certificaat is voor een andere server. Accepteren helpt niet: controleer het adres.</translation>
    </message>
    <message>
        <source>The certificate is not valid yet: compare the date of this computer.</source>
        <translation>Het certificaat is nog niet geldig: controleer de datum van deze computer.</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for {host}</source>
        <translation>Deze computer weet niet wie voor {host} instaat</translation>
    </message>
    <message>
        <source>Trust it for this server</source>
        <translation>Voor deze server vertrouwen</translation>
    </message>
    <message>
        <source>Trust the new one</source>
        <translation>De nieuwe vertrouwen</translation>
    </message>
    <message>
        <source>Use a certificate file…</source>
        <translation>Certificaatbestand gebruiken…</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Geldig</translation>
    </message>
    <message>
        <source>{begin} to {end}</source>
        <translation>{begin} tot en met {end}</translation>
    </message>
    <message>
        <source>{host} shows another authority than before</source>
        <translation>{host} toont een andere certificaatautoriteit dan eerst</translation>
    </message>
</context>
<context>
    <name>ChangeDetails</name>
    <message>
        <source>After</source>
        <translation>Na</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vóór</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Klant</translation>
    </message>
    <message>
        <source>Close the details (Esc)</source>
        <translation>Details sluiten (Esc)</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbinding</translation>
    </message>
    <message>
        <source>Open the client</source>
        <translation>Klant openen</translation>
    </message>
    <message>
        <source>This client is gone.</source>
        <translation>Deze klant is er niet meer.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wanneer</translation>
    </message>
</context>
<context>
    <name>ChangeList</name>
    <message>
        <source>After</source>
        <translation>Na</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vóór</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Wijziging</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Wijzigingen</translation>
    </message>
    <message>
        <source>Choose a longer period to see older changes.</source>
        <translation>Kies een langere periode om oudere wijzigingen te zien.</translation>
    </message>
    <message>
        <source>Claviger keeps what it sees from now on: each time it reads a client again, what is different shows up here.</source>
        <translation>Claviger bewaart vanaf nu wat het ziet: telkens als een klant opnieuw wordt gelezen, staat hier wat er anders is.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filters wissen</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Klant</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiëren</translation>
    </message>
    <message>
        <source>Export the shown changes</source>
        <translation>Getoonde wijzigingen exporteren</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Soort</translation>
    </message>
    <message>
        <source>Name, plan, seats</source>
        <translation>Naam, abonnementstype, plaatsen</translation>
    </message>
    <message>
        <source>No change matches</source>
        <translation>Geen wijziging gevonden</translation>
    </message>
    <message>
        <source>No changes yet</source>
        <translation>Nog geen wijzigingen</translation>
    </message>
    <message>
        <source>Nothing changed since {day}</source>
        <translation>Niets gewijzigd sinds {day}</translation>
    </message>
    <message>
        <source>Only this client</source>
        <translation>Alleen deze klant</translation>
    </message>
    <message>
        <source>Open the client</source>
        <translation>Klant openen</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Instellingen openen</translation>
    </message>
    <message>
        <source>Refreshing in the background is off: a client is compared with what was there before only when you open it.</source>
        <translation>Bijwerken op de achtergrond staat uit: een klant wordt alleen bij het openen met de vorige stand vergeleken.</translation>
    </message>
    <message numerus="yes">
        <source>Saved %Ln change(s).</source>
        <translation>
            <numerusform>%Ln wijziging bewaard.</numerusform>
            <numerusform>%Ln wijzigingen bewaard.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The changes and the names of clients were searched.</source>
        <translation>Er is gezocht in wijzigingen en klantnamen.</translation>
    </message>
    <message>
        <source>This client is gone.</source>
        <translation>Deze klant is er niet meer.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tijd</translation>
    </message>
</context>
<context>
    <name>ChangedKeyDialog</name>
    <message>
        <source>A key does not change by itself. Ask whoever may have changed it, by phone or in person, before you accept the new one: whoever holds it could read what you write from now on.</source>
        <translation>Een sleutel wijzigt niet vanzelf. Vraag het per telefoon of persoonlijk na bij wie dat gedaan kan hebben, voordat je de nieuwe accepteert: met die sleutel is te lezen wat je vanaf nu schrijft.</translation>
    </message>
    <message>
        <source>Accepted {time}: {fingerprint}</source>
        <translation>Geaccepteerd op {time}: {fingerprint}</translation>
    </message>
    <message>
        <source>End the alarm</source>
        <translation>Alarm beëindigen</translation>
    </message>
    <message>
        <source>Keep blocked</source>
        <translation>Geblokkeerd laten</translation>
    </message>
    <message>
        <source>Seen {time}: {fingerprint}</source>
        <translation>Gezien op {time}: {fingerprint}</translation>
    </message>
    <message>
        <source>The key of {name} has changed</source>
        <translation>De sleutel van {name} is gewijzigd</translation>
    </message>
    <message>
        <source>The key was rotated: accept</source>
        <translation>Vernieuwd: accepteren</translation>
    </message>
    <message>
        <source>The server gave another key for a while. Find out why before you end the alarm.</source>
        <translation>De server gaf een tijd lang een andere sleutel. Zoek uit waarom, voordat je het alarm beëindigt.</translation>
    </message>
    <message>
        <source>one that does not open</source>
        <translation>een die niet te openen is</translation>
    </message>
    <message>
        <source>{name} has the accepted key again</source>
        <translation>{name} heeft weer de geaccepteerde sleutel</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln wijziging</numerusform>
            <numerusform>%Ln wijzigingen</numerusform>
        </translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Klanten</translation>
    </message>
    <message>
        <source>Collection renamed: {before} → {after}</source>
        <translation>Nieuwe naam van verzameling: {before} → {after}</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Verzamelingen</translation>
    </message>
    <message>
        <source>Group renamed: {before} → {after}</source>
        <translation>Nieuwe naam van groep: {before} → {after}</translation>
    </message>
    <message>
        <source>Group “{group}”, access to “{collection}”: {before} → {after}</source>
        <translation>Groep “{group}”, toegang tot “{collection}”: {before} → {after}</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groepen</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Leden</translation>
    </message>
    <message>
        <source>New e-mail address: {before} → {after}</source>
        <translation>Nieuw e-mailadres: {before} → {after}</translation>
    </message>
    <message>
        <source>Plan: {before} → {after}</source>
        <translation>Abonnementstype: {before} → {after}</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Beleid</translation>
    </message>
    <message>
        <source>Policy “{policy}”, {option}: {before} → {after}</source>
        <translation>Beleidsregel “{policy}”, {option}: {before} → {after}</translation>
    </message>
    <message>
        <source>Renamed: {before} → {after}</source>
        <translation>Nieuwe naam: {before} → {after}</translation>
    </message>
    <message>
        <source>Role of {person}: {before} → {after}</source>
        <translation>Rol van {person}: {before} → {after}</translation>
    </message>
    <message>
        <source>Seats: {before} → {after}</source>
        <translation>Plaatsen: {before} → {after}</translation>
    </message>
    <message>
        <source>State of {person}: {before} → {after}</source>
        <translation>Stand van {person}: {before} → {after}</translation>
    </message>
    <message>
        <source>The collection “{collection}” was deleted</source>
        <translation>De verzameling “{collection}” is verwijderd</translation>
    </message>
    <message>
        <source>The collection “{collection}” was made</source>
        <translation>De verzameling “{collection}” is gemaakt</translation>
    </message>
    <message>
        <source>The group “{group}” was deleted</source>
        <translation>De groep “{group}” is verwijderd</translation>
    </message>
    <message>
        <source>The group “{group}” was made</source>
        <translation>De groep “{group}” is gemaakt</translation>
    </message>
    <message>
        <source>The organization is active again</source>
        <translation>De organisatie is weer actief</translation>
    </message>
    <message>
        <source>The organization was suspended</source>
        <translation>De organisatie is opgeschort</translation>
    </message>
    <message>
        <source>The policy “{policy}” was turned off</source>
        <translation>De beleidsregel “{policy}” is uitgezet</translation>
    </message>
    <message>
        <source>The policy “{policy}” was turned on</source>
        <translation>De beleidsregel “{policy}” is aangezet</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bevestigd</translation>
    </message>
    <message>
        <source>invited</source>
        <translation>uitgenodigd</translation>
    </message>
    <message>
        <source>needs confirmation</source>
        <translation>te bevestigen</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nee</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>niet ingesteld</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>ingetrokken</translation>
    </message>
    <message>
        <source>staged</source>
        <translation>klaargezet</translation>
    </message>
    <message>
        <source>unknown ({number})</source>
        <translation>onbekend ({number})</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>onbeperkt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>{client} is no longer a client</source>
        <translation>{client} is geen klant meer</translation>
    </message>
    <message>
        <source>{client} was added: {plan}, seats: {seats}</source>
        <translation>{client} is toegevoegd: {plan}, plaatsen: {seats}</translation>
    </message>
    <message>
        <source>{person} enrolled in account recovery</source>
        <translation>{person} is ingeschreven voor accountherstel</translation>
    </message>
    <message>
        <source>{person} is no longer a member</source>
        <translation>{person} is geen lid meer</translation>
    </message>
    <message>
        <source>{person} joined the group “{group}”</source>
        <translation>{person} zit nu in de groep “{group}”</translation>
    </message>
    <message>
        <source>{person} left the group “{group}”</source>
        <translation>{person} zit niet meer in de groep “{group}”</translation>
    </message>
    <message>
        <source>{person} turned off two-step login</source>
        <translation>{person} heeft tweestapsaanmelding uitgezet</translation>
    </message>
    <message>
        <source>{person} turned on two-step login</source>
        <translation>{person} heeft tweestapsaanmelding aangezet</translation>
    </message>
    <message>
        <source>{person} was added as {role}, {status}</source>
        <translation>{person} is toegevoegd als {role}, {status}</translation>
    </message>
    <message>
        <source>{person} withdrew from account recovery</source>
        <translation>{person} is niet meer ingeschreven voor accountherstel</translation>
    </message>
    <message>
        <source>{person}, access to “{collection}”: {before} → {after}</source>
        <translation>{person}, toegang tot “{collection}”: {before} → {after}</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln change(s)</source>
        <translation>
            <numerusform>{shown} van %Ln wijziging</numerusform>
            <numerusform>{shown} van %Ln wijzigingen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangesPage</name>
    <message>
        <source>Changes</source>
        <translation>Wijzigingen</translation>
    </message>
    <message>
        <source>Export shown…</source>
        <translation>Getoonde exporteren…</translation>
    </message>
    <message>
        <source>Search changes</source>
        <translation>Zoeken in wijzigingen</translation>
    </message>
    <message>
        <source>There is no change to export.</source>
        <translation>Er is geen wijziging om te exporteren.</translation>
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
        <source>Changes</source>
        <translation>Wijzigingen</translation>
    </message>
    <message>
        <source>Check the key</source>
        <translation>Sleutel controleren</translation>
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
        <source>Forget client</source>
        <translation>Klant vergeten</translation>
    </message>
    <message>
        <source>Forget this client…</source>
        <translation>Deze klant vergeten…</translation>
    </message>
    <message>
        <source>Forget {client} on this computer?</source>
        <translation>{client} op deze computer vergeten?</translation>
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
        <source>Keep client</source>
        <translation>Klant behouden</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Leden</translation>
    </message>
    <message>
        <source>More about this client</source>
        <translation>Meer over deze klant</translation>
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
        <source>New</source>
        <translation>Nieuw</translation>
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
        <source>Not within your role</source>
        <translation>Valt buiten je rol</translation>
    </message>
    <message>
        <source>Of its runs only ids, times and outcomes stay: no report, no undo. The local log keeps the client&apos;s id, not its name.</source>
        <translation>Van de uitvoeringen blijven alleen id&apos;s, tijden en uitkomsten over: er is geen rapport meer en ongedaan maken kan niet meer. Het lokale logboek houdt het id van de klant, niet de naam.</translation>
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
        <source>The client on the server stays as it is.</source>
        <translation>Op de server verandert er niets aan de klant.</translation>
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
        <source>What changed at this client until now can no longer be seen.</source>
        <translation>Wat er tot nu toe bij deze klant is gewijzigd, is niet meer te zien.</translation>
    </message>
    <message>
        <source>What is kept of its collections, groups, members, policies and events goes. It is not refreshed in the background until you open it again.</source>
        <translation>Wat van verzamelingen, groepen, leden, beleid en gebeurtenissen is bewaard, verdwijnt. De klant wordt op de achtergrond niet bijgewerkt tot je die weer opent.</translation>
    </message>
    <message>
        <source>What was imported from here is forgotten: importing the same file again finds no duplicates.</source>
        <translation>Wat van hieruit is geïmporteerd, wordt vergeten: importeer je hetzelfde bestand nog eens, dan wordt niets als dubbel herkend.</translation>
    </message>
    <message>
        <source>You work here by your own role in it. Vault items are not listed.</source>
        <translation>Je werkt hier vanuit je eigen rol in deze organisatie. Kluisitems worden niet getoond.</translation>
    </message>
    <message>
        <source>Your own organization</source>
        <translation>Je eigen organisatie</translation>
    </message>
    <message>
        <source>Your role in this organization does not reach this list.</source>
        <translation>Je rol in deze organisatie geeft geen toegang tot deze lijst.</translation>
    </message>
    <message>
        <source>{client} is forgotten on this computer.</source>
        <translation>{client} is op deze computer vergeten.</translation>
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
        <source>Check the key</source>
        <translation>Sleutel controleren</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Klant</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nieuw</translation>
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
        <source>not known</source>
        <translation>onbekend</translation>
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
        <source>Names and plans were searched in {count}.</source>
        <translation>Er is gezocht in namen en abonnementstypen bij {count}.</translation>
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
        <source>No clients in “{connection}”</source>
        <translation>Geen klanten bij “{connection}”</translation>
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
        <source>Show all clients</source>
        <translation>Alle klanten tonen</translation>
    </message>
    <message>
        <source>The first one takes about four minutes, from nothing to a filled vault.</source>
        <translation>De eerste kost ongeveer vier minuten, van niets tot een gevulde kluis.</translation>
    </message>
    <message>
        <source>The other connections have some.</source>
        <translation>De andere verbindingen hebben wel klanten.</translation>
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
        <source>The same key as on {time}, when its phrase was compared.</source>
        <translation>Dezelfde sleutel als op {time}, toen de zin is vergeleken.</translation>
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
        <source>This is not the key whose phrase was compared before. Then: {before}. Now: {now}. Nobody is confirmed; see Settings, Keys.</source>
        <translation>Dit is niet de sleutel waarvan de zin eerder is vergeleken. Toen: {before}. Nu: {now}. Er is niemand bevestigd; zie Instellingen, Sleutels.</translation>
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
    <name>ConflictPanel</name>
    <message>
        <source>Keep what is there</source>
        <translation>Laten zoals het is</translation>
    </message>
    <message>
        <source>On the server now</source>
        <translation>Nu op de server</translation>
    </message>
    <message>
        <source>Overwrite it</source>
        <translation>Overschrijven</translation>
    </message>
    <message>
        <source>Someone changed this after the plan was made. Nothing was overwritten.</source>
        <translation>Iemand heeft dit gewijzigd nadat het plan was gemaakt. Er is niets overschreven.</translation>
    </message>
    <message>
        <source>This plan would set</source>
        <translation>Volgens dit plan</translation>
    </message>
    <message>
        <source>What this step changes is no longer there.</source>
        <translation>Wat deze stap wijzigt, is er niet meer.</translation>
    </message>
    <message>
        <source>When planned</source>
        <translation>Bij het plannen</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>A run of {connection} waits: unlock to see it.</source>
        <translation>Bij {connection} wacht een uitvoering: ontgrendel de verbinding om die te zien.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blauw</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Bruin</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbonden</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbinding</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Groen</translation>
    </message>
    <message>
        <source>Last synced {when}</source>
        <translation>Laatst bijgewerkt: {when}</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Vergrendeld</translation>
    </message>
    <message>
        <source>Locked; unlock it first.</source>
        <translation>Vergrendeld; ontgrendel de verbinding eerst.</translation>
    </message>
    <message>
        <source>More about {name}</source>
        <translation>Meer over {name}</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Geen verbinding</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Nog niet bijgewerkt</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>Olijfgroen</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Roze</translation>
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
        <source>Unlock</source>
        <translation>Ontgrendelen</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Paars</translation>
    </message>
    <message>
        <source>own organizations</source>
        <translation>eigen organisaties</translation>
    </message>
    <message>
        <source>{connection}: locked, last seen {time}.</source>
        <translation>{connection}: vergrendeld, laatst gezien {time}.</translation>
    </message>
    <message>
        <source>{connection}: locked.</source>
        <translation>{connection}: vergrendeld.</translation>
    </message>
    <message>
        <source>{connection}: {text}</source>
        <translation>{connection}: {text}</translation>
    </message>
    <message>
        <source>{open} of {all} connections</source>
        <translation>{open} van {all} verbindingen</translation>
    </message>
</context>
<context>
    <name>ConnectionsPage</name>
    <message>
        <source>Add a connection…</source>
        <translation>Verbinding toevoegen…</translation>
    </message>
    <message>
        <source>Colour of {name}</source>
        <translation>Kleur van {name}</translation>
    </message>
    <message>
        <source>Colour…</source>
        <translation>Kleur…</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindingen</translation>
    </message>
    <message>
        <source>It is the first one.</source>
        <translation>Dit is de eerste.</translation>
    </message>
    <message>
        <source>It is the last one.</source>
        <translation>Dit is de laatste.</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Omlaag</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Omhoog</translation>
    </message>
    <message>
        <source>Not while practising: lock, then choose another account.</source>
        <translation>Niet tijdens het oefenen: vergrendel Claviger en kies dan een ander account.</translation>
    </message>
    <message>
        <source>Practice disappears by itself, with its server.</source>
        <translation>De oefening verdwijnt vanzelf, samen met de oefenserver.</translation>
    </message>
    <message>
        <source>Remove from this computer…</source>
        <translation>Van deze computer verwijderen…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Naam wijzigen…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Instellingen</translation>
    </message>
</context>
<context>
    <name>CoverScreen</name>
    <message>
        <source>Claviger locks when the run ends, after four hours at the latest.</source>
        <translation>Claviger vergrendelt zodra de uitvoering eindigt, uiterlijk na vier uur.</translation>
    </message>
    <message>
        <source>Master password</source>
        <translation>Hoofdwachtwoord</translation>
    </message>
    <message>
        <source>Nobody used Claviger for a while, so what was open is hidden.</source>
        <translation>Niemand heeft Claviger een tijdje gebruikt, dus wat openstond, is verborgen.</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Voortgang van de uitvoering</translation>
    </message>
    <message>
        <source>Stop the run and lock</source>
        <translation>Uitvoering stoppen en vergrendelen</translation>
    </message>
    <message>
        <source>The run goes on</source>
        <translation>De uitvoering loopt door</translation>
    </message>
    <message>
        <source>This master password is not right.</source>
        <translation>Dit hoofdwachtwoord klopt niet.</translation>
    </message>
    <message>
        <source>Type your master password first.</source>
        <translation>Typ eerst je hoofdwachtwoord.</translation>
    </message>
    <message>
        <source>Type your master password to see it.</source>
        <translation>Typ je hoofdwachtwoord om die te zien.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Ontgrendelen</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>Ontgrendelen…</translation>
    </message>
    <message>
        <source>{done} of {total} steps done.</source>
        <translation>{done} van {total} stappen gedaan.</translation>
    </message>
</context>
<context>
    <name>DayDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dag</translation>
    </message>
    <message>
        <source>For example 2026-11-01</source>
        <translation>Bijvoorbeeld 2026-11-01</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Tonen</translation>
    </message>
    <message>
        <source>Show what happened since</source>
        <translation>Tonen wat er sindsdien is gebeurd</translation>
    </message>
    <message>
        <source>That day is still to come.</source>
        <translation>Die dag moet nog komen.</translation>
    </message>
    <message>
        <source>The day is not right yet</source>
        <translation>De dag klopt nog niet</translation>
    </message>
    <message>
        <source>Write the day as year, month and day: 2026-11-01.</source>
        <translation>Schrijf de dag als jaar, maand en dag: 2026-11-01.</translation>
    </message>
</context>
<context>
    <name>Decisions</name>
    <message>
        <source>Make a second one</source>
        <translation>Een tweede maken</translation>
    </message>
    <message>
        <source>Skip…</source>
        <translation>Overslaan…</translation>
    </message>
    <message>
        <source>Someone had changed it meanwhile; it was left as it is.</source>
        <translation>Iemand had het intussen gewijzigd; het is zo gelaten.</translation>
    </message>
    <message>
        <source>Steps that need it are left out too.</source>
        <translation>Stappen die ervan afhangen, worden ook weggelaten.</translation>
    </message>
    <message>
        <source>Then there are two of the same name.</source>
        <translation>Dan zijn er twee met dezelfde naam.</translation>
    </message>
    <message>
        <source>There is a collection “{name}” by now; someone else made it.</source>
        <translation>Er is inmiddels een verzameling “{name}”; iemand anders heeft die gemaakt.</translation>
    </message>
    <message>
        <source>There is a group “{name}” by now; someone else made it.</source>
        <translation>Er is inmiddels een groep “{name}”; iemand anders heeft die gemaakt.</translation>
    </message>
    <message>
        <source>Use the one that is there</source>
        <translation>De bestaande gebruiken</translation>
    </message>
    <message>
        <source>What this plan does with it is done with that one.</source>
        <translation>Wat dit plan ermee doet, gebeurt dan met de bestaande.</translation>
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
    <name>DeviceCodeForm</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Doorgaan</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Opnieuw versturen</translation>
    </message>
    <message>
        <source>The server does not know this computer</source>
        <translation>De server kent deze computer niet</translation>
    </message>
    <message>
        <source>Type the code it has just mailed to you.</source>
        <translation>Typ de code die je zojuist per mail hebt gekregen.</translation>
    </message>
</context>
<context>
    <name>DraftsStrip</name>
    <message numerus="yes">
        <source>%Ln draft(s) wait(s): check and start.</source>
        <translation>
            <numerusform>%Ln concept wacht: controleer en start het.</numerusform>
            <numerusform>%Ln concepten wachten: controleer en start ze.</numerusform>
        </translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Show the drafts</source>
        <translation>Concepten tonen</translation>
    </message>
    <message>
        <source>{connection}: {text}</source>
        <translation>{connection}: {text}</translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>Keep as a draft</source>
        <translation>Als concept bewaren</translation>
    </message>
    <message>
        <source>Keeping the draft…</source>
        <translation>Concept bewaren…</translation>
    </message>
    <message>
        <source>No connection. This is kept as a draft; you start it later.</source>
        <translation>Geen verbinding. Dit wordt als concept bewaard; je start het later.</translation>
    </message>
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
        <source>A run or a draft for this client has not ended yet.</source>
        <translation>Een uitvoering of concept voor deze klant is nog niet afgerond.</translation>
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
        <source>Accounts with a master password work.</source>
        <translation>Accounts met een hoofdwachtwoord werken.</translation>
    </message>
    <message>
        <source>Another client has the key of {name}.</source>
        <translation>Een andere klant heeft dezelfde sleutel als {name}.</translation>
    </message>
    <message>
        <source>Ask whoever runs the server. Its own words are in the details.</source>
        <translation>Vraag het aan wie de server beheert. De melding van de server staat bij de details.</translation>
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
        <source>Claviger speaks HTTP proxies only.</source>
        <translation>Claviger werkt alleen met HTTP-proxy&apos;s.</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>Uitvoering hervatten</translation>
    </message>
    <message>
        <source>Duo and passkeys cannot be answered here. Add an authenticator app, e-mail or a YubiKey as a further method in the web vault, or sign in with your API key.</source>
        <translation>Duo en passkeys werken hier niet. Voeg in de webkluis een authenticator-app, e-mail of een YubiKey als extra methode toe, of meld je aan met je API-sleutel.</translation>
    </message>
    <message>
        <source>Install the newest Claviger; this account needs what it can do.</source>
        <translation>Installeer de nieuwste Claviger; dit account heeft die nodig.</translation>
    </message>
    <message>
        <source>It belongs to no provider and manages no organization. Ask a provider admin or the owner of an organization to invite and confirm you, then sign in again.</source>
        <translation>Het hoort bij geen provider en beheert geen organisatie. Vraag een providerbeheerder of de eigenaar van een organisatie om je uit te nodigen en te bevestigen, en meld je dan opnieuw aan.</translation>
    </message>
    <message>
        <source>It does not answer.</source>
        <translation>De proxy antwoordt niet.</translation>
    </message>
    <message>
        <source>It has no master password. Give it one in the web vault.</source>
        <translation>Het heeft geen hoofdwachtwoord. Stel er een in via de webkluis.</translation>
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
        <source>It lets nothing through to {host}.</source>
        <translation>De proxy laat niets door naar {host}.</translation>
    </message>
    <message>
        <source>It wants a name and a password, which Claviger does not keep for proxies.</source>
        <translation>De proxy vraagt om een naam en wachtwoord; die bewaart Claviger niet voor proxy&apos;s.</translation>
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
        <source>Its keys are half of the new and half of the old kind. Nothing was opened.</source>
        <translation>De sleutels zijn half van de nieuwe en half van de oude soort. Er is niets geopend.</translation>
    </message>
    <message>
        <source>Its keys are of a very old kind. Sign in to the web vault once to renew them.</source>
        <translation>De sleutels zijn van een heel oude soort. Meld je één keer aan bij de webkluis om ze te vernieuwen.</translation>
    </message>
    <message>
        <source>Its keys are on trusted devices and it has no master password. Give it one in the web vault, or work with another account that has one.</source>
        <translation>De sleutels staan op vertrouwde apparaten en er is geen hoofdwachtwoord. Stel er een in via de webkluis, of werk met een ander account dat er wel een heeft.</translation>
    </message>
    <message>
        <source>Its keys are with a key connector and it has no master password. Claviger sends no key there. Work with another account that has a master password.</source>
        <translation>De sleutels staan bij een Key Connector en er is geen hoofdwachtwoord. Claviger stuurt daar geen sleutel heen. Werk met een ander account dat een hoofdwachtwoord heeft.</translation>
    </message>
    <message>
        <source>Its organization asks for single sign-on. Sign in by browser or with an API key.</source>
        <translation>De organisatie vraagt om single sign-on. Meld je aan via de browser of met een API-sleutel.</translation>
    </message>
    <message>
        <source>Line {line}. {advice}</source>
        <translation>Regel {line}. {advice}</translation>
    </message>
    <message>
        <source>No other device let you in.</source>
        <translation>Geen ander apparaat heeft je toegelaten.</translation>
    </message>
    <message>
        <source>No second one was made. Use the one that is there, or add another.</source>
        <translation>Er is geen tweede gemaakt. Gebruik de bestaande of voeg er nog een toe.</translation>
    </message>
    <message>
        <source>Nobody can tell whether this step happened.</source>
        <translation>Het is niet vast te stellen of deze stap is uitgevoerd.</translation>
    </message>
    <message>
        <source>Nobody said yes within 15 minutes.</source>
        <translation>Niemand heeft binnen 15 minuten toestemming gegeven.</translation>
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
        <source>Nothing was changed.</source>
        <translation>Er is niets gewijzigd.</translation>
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
        <source>Nothing was changed. Try again.</source>
        <translation>Er is niets gewijzigd. Probeer het opnieuw.</translation>
    </message>
    <message>
        <source>Nothing was done. Type the name as it is shown.</source>
        <translation>Er is niets gedaan. Typ de naam zoals die wordt getoond.</translation>
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
        <source>Nothing was overwritten. Compare what is there with what you wanted.</source>
        <translation>Er is niets overschreven. Vergelijk wat er staat met wat je wilde.</translation>
    </message>
    <message>
        <source>Nothing was overwritten: {what}. Reload and look again.</source>
        <translation>Er is niets overschreven: {what}. Laad opnieuw en kijk nog eens.</translation>
    </message>
    <message>
        <source>Nothing was removed. Finish it, give it up or discard it first.</source>
        <translation>Er is niets verwijderd. Rond het eerst af, geef het op of gooi het weg.</translation>
    </message>
    <message>
        <source>Nothing was sent. Accept the key under Settings, Keys.</source>
        <translation>Er is niets verstuurd. Accepteer de sleutel bij Instellingen, Sleutels.</translation>
    </message>
    <message>
        <source>Nothing was sent. Accepted: {known}. Shown now: {shown}. If the administrator of the server replaced it, lock Claviger and sign in anew to compare and accept it.</source>
        <translation>Er is niets verstuurd. Geaccepteerd: {known}. Nu getoond: {shown}. Heeft de serverbeheerder de certificaatautoriteit vervangen, vergrendel Claviger dan en meld je opnieuw aan om te vergelijken en te accepteren.</translation>
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
        <source>Nothing was sent. Choose another one, or none, in the settings.</source>
        <translation>Er is niets verstuurd. Kies in de instellingen een andere proxy, of geen.</translation>
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
        <source>Nothing was sent. See Settings, Keys, before you decide.</source>
        <translation>Er is niets verstuurd. Kijk bij Instellingen, Sleutels voordat je beslist.</translation>
    </message>
    <message>
        <source>Nothing was sent. Sign in again to be sure who you are.</source>
        <translation>Er is niets verstuurd. Meld je opnieuw aan, zodat zeker is wie je bent.</translation>
    </message>
    <message>
        <source>One of the passwords does not open its connection.</source>
        <translation>Een van de wachtwoorden opent zijn verbinding niet.</translation>
    </message>
    <message>
        <source>Other programs use the ports 8065 to 8070 of this computer. Close one of them.</source>
        <translation>Andere programma&apos;s gebruiken de poorten 8065 tot en met 8070 van deze computer. Sluit een van die programma&apos;s.</translation>
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
        <source>Sign in with the master password once; later another device can let you in.</source>
        <translation>Meld je één keer aan met het hoofdwachtwoord; daarna kan een ander apparaat je toelaten.</translation>
    </message>
    <message>
        <source>Single sign-on did not come to its end.</source>
        <translation>Single sign-on is niet afgerond.</translation>
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
        <source>Someone changed this since the plan was made.</source>
        <translation>Iemand heeft dit gewijzigd sinds het plan is gemaakt.</translation>
    </message>
    <message>
        <source>Someone made the collection {name} in the meantime.</source>
        <translation>Iemand heeft intussen de verzameling {name} gemaakt.</translation>
    </message>
    <message>
        <source>Someone made the group {name} in the meantime.</source>
        <translation>Iemand heeft intussen de groep {name} gemaakt.</translation>
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
        <source>The account had signed keys before. Nothing was opened and nothing was sent. Ask whoever runs this server.</source>
        <translation>Het account had eerder ondertekende sleutels. Er is niets geopend en niets verstuurd. Vraag het aan wie deze server beheert.</translation>
    </message>
    <message>
        <source>The account may be on bitwarden.com: try that server.</source>
        <translation>Het account staat misschien op bitwarden.com: probeer die server.</translation>
    </message>
    <message>
        <source>The account may be on bitwarden.eu: try that server.</source>
        <translation>Het account staat misschien op bitwarden.eu: probeer die server.</translation>
    </message>
    <message>
        <source>The archive is damaged, or not of the kind its name says.</source>
        <translation>Het archief is beschadigd, of niet van de soort die de naam zegt.</translation>
    </message>
    <message>
        <source>The browser brought the answer to another question. Start again.</source>
        <translation>De browser kwam met het antwoord op een andere vraag. Begin opnieuw.</translation>
    </message>
    <message>
        <source>The browser did not come back in time. Start again.</source>
        <translation>De browser kwam niet op tijd terug. Begin opnieuw.</translation>
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
        <source>The key for account recovery of {name} cannot be checked.</source>
        <translation>De sleutel voor accountherstel van {name} is niet te controleren.</translation>
    </message>
    <message>
        <source>The key for account recovery of {name} is not this client&apos;s.</source>
        <translation>De sleutel voor accountherstel van {name} is niet van deze klant.</translation>
    </message>
    <message>
        <source>The key of the provider {name} does not open any more.</source>
        <translation>De sleutel van de provider {name} is niet meer te openen.</translation>
    </message>
    <message>
        <source>The key of the provider {name} has changed.</source>
        <translation>De sleutel van de provider {name} is gewijzigd.</translation>
    </message>
    <message>
        <source>The key of {name} does not open any more.</source>
        <translation>De sleutel van {name} is niet meer te openen.</translation>
    </message>
    <message>
        <source>The key of {name} has changed.</source>
        <translation>De sleutel van {name} is gewijzigd.</translation>
    </message>
    <message>
        <source>The key of {name} is not acceptable any more.</source>
        <translation>De sleutel van {name} is niet meer bruikbaar.</translation>
    </message>
    <message>
        <source>The key of {name} is not the one whose phrase was compared.</source>
        <translation>De sleutel van {name} is niet die waarvan de zin is vergeleken.</translation>
    </message>
    <message>
        <source>The keys of {name} were not accepted here yet.</source>
        <translation>De sleutels van {name} zijn hier nog niet geaccepteerd.</translation>
    </message>
    <message>
        <source>The master password now opens your keys. It is not sent.</source>
        <translation>Het hoofdwachtwoord opent nu je sleutels. Het wordt niet verstuurd.</translation>
    </message>
    <message>
        <source>The plan is not complete.</source>
        <translation>Het plan is niet compleet.</translation>
    </message>
    <message>
        <source>The proxy {proxy} is in the way.</source>
        <translation>De proxy {proxy} houdt de verbinding tegen.</translation>
    </message>
    <message>
        <source>The run stopped.</source>
        <translation>De uitvoering is gestopt.</translation>
    </message>
    <message>
        <source>The second step of this account works in a browser only.</source>
        <translation>De tweede stap van dit account werkt alleen in een browser.</translation>
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
        <source>The server answers with older keys than this account has.</source>
        <translation>De server antwoordt met oudere sleutels dan dit account heeft.</translation>
    </message>
    <message>
        <source>The server asks for a captcha. Use your API key.</source>
        <translation>De server vraagt om een captcha. Gebruik je API-sleutel.</translation>
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
        <source>The server did not take the answer. Start again.</source>
        <translation>De server heeft het antwoord niet aangenomen. Begin opnieuw.</translation>
    </message>
    <message>
        <source>The server did not take the approval. Ask again.</source>
        <translation>De server heeft de goedkeuring niet aangenomen. Vraag het opnieuw.</translation>
    </message>
    <message>
        <source>The server does not know this computer.</source>
        <translation>De server kent deze computer niet.</translation>
    </message>
    <message>
        <source>The server does not know this computer. Sign in with the master password.</source>
        <translation>De server kent deze computer niet. Meld je aan met het hoofdwachtwoord.</translation>
    </message>
    <message>
        <source>The server does not take this API key.</source>
        <translation>De server neemt deze API-sleutel niet aan.</translation>
    </message>
    <message>
        <source>The server has a problem of its own.</source>
        <translation>De server heeft zelf een storing.</translation>
    </message>
    <message>
        <source>The server knows no organization with this identifier and single sign-on.</source>
        <translation>De server kent geen organisatie met dit ID en single sign-on.</translation>
    </message>
    <message>
        <source>The server lets nobody in to this account.</source>
        <translation>De server laat niemand toe tot dit account.</translation>
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
        <source>The server wants a newer program.</source>
        <translation>De server vraagt om een nieuwer programma.</translation>
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
        <source>The typed name is another one.</source>
        <translation>De getypte naam is een andere.</translation>
    </message>
    <message>
        <source>This account asks for a second step.</source>
        <translation>Dit account vraagt om een tweede stap.</translation>
    </message>
    <message>
        <source>This account has no clients to work on.</source>
        <translation>Dit account heeft geen klanten om te beheren.</translation>
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
        <source>You are signed in.</source>
        <translation>Je bent aangemeld.</translation>
    </message>
    <message>
        <source>You find yours in the web vault, under Security, Keys.</source>
        <translation>Je vindt de jouwe in de webkluis, onder Beveiliging, Sleutels.</translation>
    </message>
    <message>
        <source>Your identity provider said no.</source>
        <translation>Je identiteitsprovider heeft geweigerd.</translation>
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
    <message>
        <source>{host} shows another authority than the accepted one.</source>
        <translation>{host} toont een andere certificaatautoriteit dan de geaccepteerde.</translation>
    </message>
    <message>
        <source>{name} is new on this computer.</source>
        <translation>{name} is nieuw op deze computer.</translation>
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
    <name>HeldDialog</name>
    <message numerus="yes">
        <source>%Ln row(s) would go</source>
        <translation>
            <numerusform>%Ln rij zou verdwijnen</numerusform>
            <numerusform>%Ln rijen zouden verdwijnen</numerusform>
        </translation>
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
        <source>No row would go; the new list carries older dates.</source>
        <translation>Er zou geen rij verdwijnen; de nieuwe lijst heeft oudere datums.</translation>
    </message>
    <message>
        <source>The list you see</source>
        <translation>De lijst die je ziet</translation>
    </message>
    <message>
        <source>The server&apos;s new list</source>
        <translation>De nieuwe lijst van de server</translation>
    </message>
    <message>
        <source>This list does not wait any more.</source>
        <translation>Deze lijst wacht niet meer.</translation>
    </message>
    <message>
        <source>What would go</source>
        <translation>Wat zou verdwijnen</translation>
    </message>
    <message>
        <source>“Take the new list” shows what the server says now; the former one stays in the history. “Keep the former” asks again only when the server&apos;s list changes.</source>
        <translation>“Nieuwe lijst overnemen” toont wat de server nu zegt; de vorige blijft in de geschiedenis. Na “Vorige behouden” komt de vraag pas terug als de lijst van de server verandert.</translation>
    </message>
</context>
<context>
    <name>HeldLists</name>
    <message numerus="yes">
        <source>%Ln more list(s) wait(s).</source>
        <translation>
            <numerusform>Er wacht nog %Ln lijst.</numerusform>
            <numerusform>Er wachten nog %Ln lijsten.</numerusform>
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
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Een ogenblik…</translation>
    </message>
    <message>
        <source>The former list stays.</source>
        <translation>De vorige lijst blijft staan.</translation>
    </message>
    <message>
        <source>The new list is shown.</source>
        <translation>De nieuwe lijst wordt getoond.</translation>
    </message>
    <message>
        <source>The server gave an older list of clients than yours.</source>
        <translation>De server gaf een oudere lijst van klanten dan de jouwe.</translation>
    </message>
    <message>
        <source>The server gave an older list of collections of {client} than yours.</source>
        <translation>De server gaf een oudere lijst van verzamelingen van {client} dan de jouwe.</translation>
    </message>
    <message>
        <source>The server gave an older list of groups of {client} than yours.</source>
        <translation>De server gaf een oudere lijst van groepen van {client} dan de jouwe.</translation>
    </message>
    <message>
        <source>The server gave an older list of members of {client} than yours.</source>
        <translation>De server gaf een oudere lijst van leden van {client} dan de jouwe.</translation>
    </message>
    <message>
        <source>The server gave an older list of policies of {client} than yours.</source>
        <translation>De server gaf een oudere lijst van beleidsregels van {client} dan de jouwe.</translation>
    </message>
    <message>
        <source>The server gave an older list of the provider&apos;s members than yours.</source>
        <translation>De server gaf een oudere lijst van leden van de provider dan de jouwe.</translation>
    </message>
    <message>
        <source>The server&apos;s list of clients is much shorter than before: {before} → {after}.</source>
        <translation>De lijst van klanten op de server is veel korter dan eerst: {before} → {after}.</translation>
    </message>
    <message>
        <source>The server&apos;s list of collections of {client} is much shorter than before: {before} → {after}.</source>
        <translation>De lijst van verzamelingen van {client} op de server is veel korter dan eerst: {before} → {after}.</translation>
    </message>
    <message>
        <source>The server&apos;s list of groups of {client} is much shorter than before: {before} → {after}.</source>
        <translation>De lijst van groepen van {client} op de server is veel korter dan eerst: {before} → {after}.</translation>
    </message>
    <message>
        <source>The server&apos;s list of members of {client} is much shorter than before: {before} → {after}.</source>
        <translation>De lijst van leden van {client} op de server is veel korter dan eerst: {before} → {after}.</translation>
    </message>
    <message>
        <source>The server&apos;s list of policies of {client} is much shorter than before: {before} → {after}.</source>
        <translation>De lijst van beleidsregels van {client} op de server is veel korter dan eerst: {before} → {after}.</translation>
    </message>
    <message>
        <source>The server&apos;s list of the provider&apos;s members is much shorter than before: {before} → {after}.</source>
        <translation>De lijst van leden van de provider op de server is veel korter dan eerst: {before} → {after}.</translation>
    </message>
    <message>
        <source>You still see the former list.</source>
        <translation>Je ziet nog de vorige lijst.</translation>
    </message>
    <message>
        <source>{rows}, {time}</source>
        <translation>{rows}, {time}</translation>
    </message>
</context>
<context>
    <name>HeldStrip</name>
    <message>
        <source>Keep the former</source>
        <translation>Vorige behouden</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>Bekijken…</translation>
    </message>
    <message>
        <source>Take the new list</source>
        <translation>Nieuwe lijst overnemen</translation>
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
    <name>KeyDialog</name>
    <message>
        <source>Accepted</source>
        <translation>Geaccepteerd</translation>
    </message>
    <message>
        <source>Another client has the same key, so nothing is written to either of them. One key belongs to one client: ask the server&apos;s administrator.</source>
        <translation>Een andere klant heeft dezelfde sleutel, dus bij geen van beide wordt iets geschreven. Een sleutel hoort bij één klant: vraag het aan de serverbeheerder.</translation>
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
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>What the server gives as this key does not open. Nothing is written there.</source>
        <translation>Wat de server als deze sleutel geeft, is niet te openen. Er wordt daar niets geschreven.</translation>
    </message>
</context>
<context>
    <name>KeyNews</name>
    <message numerus="yes">
        <source>%Ln client(s) are new on this computer.</source>
        <translation>
            <numerusform>%Ln klant is nieuw op deze computer.</numerusform>
            <numerusform>%Ln klanten zijn nieuw op deze computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more key(s) to look at.</source>
        <translation>
            <numerusform>Nog %Ln sleutel om te bekijken.</numerusform>
            <numerusform>Nog %Ln sleutels om te bekijken.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>Bekijken…</translation>
    </message>
    <message>
        <source>Nothing is written there until you accept their keys.</source>
        <translation>Daar wordt niets geschreven tot je de sleutels accepteert.</translation>
    </message>
    <message>
        <source>Nothing is written there; reading goes on.</source>
        <translation>Daar wordt niets geschreven; lezen gaat door.</translation>
    </message>
    <message>
        <source>The key of {name} does not open any more.</source>
        <translation>De sleutel van {name} is niet meer te openen.</translation>
    </message>
    <message>
        <source>The key of {name} has changed.</source>
        <translation>De sleutel van {name} is gewijzigd.</translation>
    </message>
    <message>
        <source>{name} has the same key as another client.</source>
        <translation>{name} heeft dezelfde sleutel als een andere klant.</translation>
    </message>
    <message>
        <source>{name} is new on this computer.</source>
        <translation>{name} is nieuw op deze computer.</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Accepted</source>
        <translation>Geaccepteerd</translation>
    </message>
    <message>
        <source>Accepted keys</source>
        <translation>Geaccepteerde sleutels</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Vingerafdruk</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>Pagina {number}</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>Afgedrukt</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Provider</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>These are fingerprints, no keys. Keep the sheet where no computer can change it, and compare it with Settings, Keys, when Claviger says that a key changed.</source>
        <translation>Dit zijn vingerafdrukken, geen sleutels. Bewaar dit blad waar geen computer erbij kan, en vergelijk het met Instellingen, Sleutels als Claviger zegt dat een sleutel is gewijzigd.</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Van wie</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Accepted</source>
        <translation>Geaccepteerd</translation>
    </message>
    <message>
        <source>Accepted on</source>
        <translation>Sinds</translation>
    </message>
    <message>
        <source>Account recovery of a client</source>
        <translation>Accountherstel van een klant</translation>
    </message>
    <message>
        <source>By you</source>
        <translation>Door jou</translation>
    </message>
    <message>
        <source>By you, at first</source>
        <translation>Door jou, de eerste keer</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Klant</translation>
    </message>
    <message>
        <source>Does not open</source>
        <translation>Niet te openen</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Vingerafdruk</translation>
    </message>
    <message>
        <source>From its private half</source>
        <translation>Uit de privésleutel</translation>
    </message>
    <message>
        <source>Has changed</source>
        <translation>Gewijzigd</translation>
    </message>
    <message>
        <source>Key of</source>
        <translation>Sleutel van</translation>
    </message>
    <message>
        <source>Made on this computer</source>
        <translation>Op deze computer gemaakt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>New, not accepted</source>
        <translation>Te accepteren</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persoon</translation>
    </message>
    <message>
        <source>Phrase compared</source>
        <translation>Zin vergeleken</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Oefening</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Provider</translation>
    </message>
    <message>
        <source>Same key as another client</source>
        <translation>Dubbele sleutel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
</context>
<context>
    <name>KeysForm</name>
    <message>
        <source>Master password</source>
        <translation>Hoofdwachtwoord</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Openen</translation>
    </message>
    <message>
        <source>The master password now opens your keys. It is not sent.</source>
        <translation>Het hoofdwachtwoord opent nu je sleutels. Het wordt niet verstuurd.</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Je bent aangemeld</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message numerus="yes">
        <source>%Ln key(s)</source>
        <translation>
            <numerusform>%Ln sleutel</numerusform>
            <numerusform>%Ln sleutels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln key(s) accepted. A change will be an alarm.</source>
        <translation>
            <numerusform>%Ln sleutel geaccepteerd. Een wijziging geeft een alarm.</numerusform>
            <numerusform>%Ln sleutels geaccepteerd. Een wijziging geeft een alarm.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln key(s) compared: all as accepted.</source>
        <translation>
            <numerusform>%Ln sleutel vergeleken: zoals geaccepteerd.</numerusform>
            <numerusform>%Ln sleutels vergeleken: alle zoals geaccepteerd.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln key(s) need a look.</source>
        <translation>
            <numerusform>%Ln sleutel vraagt aandacht.</numerusform>
            <numerusform>%Ln sleutels vragen aandacht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) printed.</source>
        <translation>
            <numerusform>%Ln pagina afgedrukt.</numerusform>
            <numerusform>%Ln pagina&apos;s afgedrukt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %Ln new key(s)…</source>
        <translation>
            <numerusform>%Ln nieuwe sleutel accepteren…</numerusform>
            <numerusform>%Ln nieuwe sleutels accepteren…</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Server vragen…</translation>
    </message>
    <message>
        <source>Compare with the server</source>
        <translation>Vergelijken met de server</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Vingerafdruk kopiëren</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Beslissen…</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Sleutels</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>Bekijken…</translation>
    </message>
    <message>
        <source>No key here</source>
        <translation>Hier is geen sleutel</translation>
    </message>
    <message>
        <source>No key matches this search.</source>
        <translation>Geen sleutel gevonden met deze zoekopdracht.</translation>
    </message>
    <message>
        <source>Print for the safe…</source>
        <translation>Afdrukken voor de brandkast…</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>Sleutels zoeken</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Instellingen</translation>
    </message>
    <message>
        <source>The new key is accepted.</source>
        <translation>De nieuwe sleutel is geaccepteerd.</translation>
    </message>
    <message>
        <source>The printer did not begin. Nothing was printed.</source>
        <translation>De printer is niet begonnen. Er is niets afgedrukt.</translation>
    </message>
    <message numerus="yes">
        <source>The server has no key of %Ln person(s) any more.</source>
        <translation>
            <numerusform>De server heeft van %Ln persoon geen sleutel meer.</numerusform>
            <numerusform>De server heeft van %Ln personen geen sleutel meer.</numerusform>
        </translation>
    </message>
    <message>
        <source>You have ended the alarm.</source>
        <translation>Het alarm is beëindigd.</translation>
    </message>
    <message>
        <source>{shown} of {all} keys</source>
        <translation>{shown} van {all} sleutels</translation>
    </message>
</context>
<context>
    <name>KnownItem</name>
    <message>
        <source>A run waits here.</source>
        <translation>Hier wacht een uitvoering.</translation>
    </message>
    <message>
        <source>Last seen {time}</source>
        <translation>Laatst gezien {time}</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Its key is then kept on this computer, sealed with the other one&apos;s. No password is kept. It ends when either password or key changes.</source>
        <translation>De sleutel ervan wordt dan op deze computer bewaard, verzegeld met die van de andere. Er wordt geen wachtwoord bewaard. Dit eindigt zodra een van de twee wachtwoorden of sleutels wijzigt.</translation>
    </message>
    <message>
        <source>Its master password</source>
        <translation>Het hoofdwachtwoord ervan</translation>
    </message>
    <message>
        <source>Master password of the other</source>
        <translation>Hoofdwachtwoord van de andere</translation>
    </message>
    <message>
        <source>Master password of {connection}</source>
        <translation>Hoofdwachtwoord van {connection}</translation>
    </message>
    <message>
        <source>Open together</source>
        <translation>Samen openen</translation>
    </message>
    <message>
        <source>Open {connection} together with another connection</source>
        <translation>{connection} samen met een andere verbinding openen</translation>
    </message>
    <message>
        <source>Opens together with</source>
        <translation>Opent samen met</translation>
    </message>
    <message>
        <source>This password does not open the connection.</source>
        <translation>Dit wachtwoord opent de verbinding niet.</translation>
    </message>
    <message>
        <source>Trying the passwords…</source>
        <translation>Wachtwoorden proberen…</translation>
    </message>
    <message>
        <source>Type both passwords</source>
        <translation>Typ beide wachtwoorden</translation>
    </message>
    <message>
        <source>Whoever knows the password of {other} can then open {connection} too.</source>
        <translation>Wie het wachtwoord van {other} kent, kan dan ook {connection} openen.</translation>
    </message>
</context>
<context>
    <name>LinkSwitch</name>
    <message>
        <source>Another Claviger window is writing. This one only reads.</source>
        <translation>Een ander venster van Claviger schrijft. Dit venster leest alleen.</translation>
    </message>
    <message>
        <source>Locked: how it is set shows once it is unlocked.</source>
        <translation>Vergrendeld: de instelling is te zien na het ontgrendelen.</translation>
    </message>
    <message>
        <source>Off. It is unlocked by its own password.</source>
        <translation>Uit. Ontgrendelen gaat met het eigen wachtwoord.</translation>
    </message>
    <message>
        <source>Open {connection} together with another one</source>
        <translation>{connection} samen met een andere verbinding openen</translation>
    </message>
    <message>
        <source>Opens together with a connection that is not here any more.</source>
        <translation>Opent samen met een verbinding die hier niet meer is.</translation>
    </message>
    <message>
        <source>Opens together with {other}.</source>
        <translation>Opent samen met {other}.</translation>
    </message>
    <message>
        <source>Unlock the connection that is to open this one first.</source>
        <translation>Ontgrendel eerst de verbinding die deze moet openen.</translation>
    </message>
    <message>
        <source>Unlock this connection first.</source>
        <translation>Ontgrendel eerst deze verbinding.</translation>
    </message>
</context>
<context>
    <name>LinksCard</name>
    <message>
        <source>Connections with the same password open together anyway. With another password, a connection can be opened by one you choose.</source>
        <translation>Verbindingen met hetzelfde wachtwoord gaan sowieso samen open. Heeft een verbinding een ander wachtwoord, dan kies je zelf welke andere verbinding die ook opent.</translation>
    </message>
    <message>
        <source>Unlock together</source>
        <translation>Samen ontgrendelen</translation>
    </message>
</context>
<context>
    <name>LocalLog</name>
    <message numerus="yes">
        <source>%Ln entry(s)</source>
        <translation>
            <numerusform>%Ln regel</numerusform>
            <numerusform>%Ln regels</numerusform>
        </translation>
    </message>
    <message>
        <source>A run ended, all done</source>
        <translation>Een uitvoering is klaar, alles is gedaan</translation>
    </message>
    <message>
        <source>A run stopped at a step that failed</source>
        <translation>Een uitvoering is gestopt bij een stap die mislukte</translation>
    </message>
    <message>
        <source>A run stopped: nobody can tell what arrived</source>
        <translation>Een uitvoering is gestopt: niet vast te stellen wat is aangekomen</translation>
    </message>
    <message>
        <source>A run waits for its turn</source>
        <translation>Een uitvoering staat in de wachtrij</translation>
    </message>
    <message>
        <source>A run was cancelled</source>
        <translation>Een uitvoering is geannuleerd</translation>
    </message>
    <message>
        <source>A run was given up</source>
        <translation>Een uitvoering is opgegeven</translation>
    </message>
    <message>
        <source>A run was interrupted</source>
        <translation>Een uitvoering is onderbroken</translation>
    </message>
    <message>
        <source>Accepted a certificate authority for this server</source>
        <translation>Een certificaatautoriteit voor deze server geaccepteerd</translation>
    </message>
    <message>
        <source>Accepted a changed key: {before} → {now}</source>
        <translation>Een gewijzigde sleutel geaccepteerd: {before} → {now}</translation>
    </message>
    <message>
        <source>Accepted another salt for the password</source>
        <translation>Een andere salt voor het wachtwoord geaccepteerd</translation>
    </message>
    <message>
        <source>Accepted the key {fingerprint}</source>
        <translation>De sleutel {fingerprint} geaccepteerd</translation>
    </message>
    <message>
        <source>Accepted the keys of the provider and its clients: {keys}</source>
        <translation>De sleutels van de provider en de klanten geaccepteerd: {keys}</translation>
    </message>
    <message>
        <source>Accepted weaker key settings: {before} → {now}</source>
        <translation>Zwakkere sleutelinstellingen geaccepteerd: {before} → {now}</translation>
    </message>
    <message>
        <source>Another key turned up: {before} → {now}</source>
        <translation>Er is een andere sleutel verschenen: {before} → {now}</translation>
    </message>
    <message>
        <source>Exported this log: records {records}, last link {link}</source>
        <translation>Dit logboek geëxporteerd: {records} regels, laatste schakel {link}</translation>
    </message>
    <message>
        <source>Forgot the client on this computer</source>
        <translation>De klant op deze computer vergeten</translation>
    </message>
    <message>
        <source>From now on another connection opens this one too</source>
        <translation>Een andere verbinding opent deze voortaan ook</translation>
    </message>
    <message>
        <source>From now on this connection opens another one too</source>
        <translation>Deze verbinding opent voortaan ook een andere</translation>
    </message>
    <message>
        <source>Kept a draft</source>
        <translation>Een concept bewaard</translation>
    </message>
    <message>
        <source>Left out a step of a run</source>
        <translation>Een stap van een uitvoering weggelaten</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Vergrendeld</translation>
    </message>
    <message>
        <source>No other connection opens this one any more</source>
        <translation>Geen andere verbinding opent deze nog</translation>
    </message>
    <message>
        <source>Noted by another version: {what}</source>
        <translation>Genoteerd door een andere versie: {what}</translation>
    </message>
    <message>
        <source>Opened the client without a connection</source>
        <translation>De klant geopend zonder verbinding</translation>
    </message>
    <message>
        <source>Opened the client; its own event log has an entry</source>
        <translation>De klant geopend; het eigen logboek van de klant heeft daar een regel over</translation>
    </message>
    <message>
        <source>Planned a run</source>
        <translation>Een uitvoering gepland</translation>
    </message>
    <message>
        <source>Read back the items of our own import</source>
        <translation>De items van onze eigen import teruggelezen</translation>
    </message>
    <message>
        <source>Saved a support bundle</source>
        <translation>Een supportbestand bewaard</translation>
    </message>
    <message>
        <source>Saved a table of {rows} rows</source>
        <translation>Een tabel van {rows} rijen bewaard</translation>
    </message>
    <message>
        <source>Saved the report of a run ({kind})</source>
        <translation>Het rapport van een uitvoering bewaard ({kind})</translation>
    </message>
    <message>
        <source>Sent an uncertain part of an import once more</source>
        <translation>Een onzeker deel van een import nog eens verstuurd</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Aangemeld</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Afgemeld</translation>
    </message>
    <message>
        <source>The password or key changed: no connection opens together with this one</source>
        <translation>Het wachtwoord of de sleutel is gewijzigd: geen verbinding opent nog samen met deze</translation>
    </message>
    <message>
        <source>This connection does not open another one any more</source>
        <translation>Deze verbinding opent geen andere meer</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Ontgrendeld</translation>
    </message>
    <message>
        <source>Unlocked together with another connection</source>
        <translation>Samen met een andere verbinding ontgrendeld</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln entry(s)</source>
        <translation>
            <numerusform>{shown} van %Ln regel</numerusform>
            <numerusform>{shown} van %Ln regels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LocalLogPage</name>
    <message>
        <source>Clear the search</source>
        <translation>Zoekopdracht wissen</translation>
    </message>
    <message>
        <source>Each entry is tied to the one before it. Check an exported log anywhere with:</source>
        <translation>Elke regel is aan de vorige gekoppeld. Controleer een geëxporteerd logboek waar je wilt met:</translation>
    </message>
    <message>
        <source>Export the local log</source>
        <translation>Lokaal logboek exporteren</translation>
    </message>
    <message>
        <source>Export the log…</source>
        <translation>Logboek exporteren…</translation>
    </message>
    <message numerus="yes">
        <source>Exported %Ln record(s); last link {link}. Check it with: claviger verify-log FILE</source>
        <translation>
            <numerusform>%Ln regel geëxporteerd; laatste schakel {link}. Controleer met: claviger verify-log BESTAND</numerusform>
            <numerusform>%Ln regels geëxporteerd; laatste schakel {link}. Controleer met: claviger verify-log BESTAND</numerusform>
        </translation>
    </message>
    <message>
        <source>Local log</source>
        <translation>Lokaal logboek</translation>
    </message>
    <message>
        <source>Logs (*.jsonl)</source>
        <translation>Logboeken (*.jsonl)</translation>
    </message>
    <message>
        <source>No entry matches “{words}”</source>
        <translation>Geen regel bevat “{words}”</translation>
    </message>
    <message>
        <source>Nothing was noted since {day}</source>
        <translation>Niets genoteerd sinds {day}</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Zoeken in het logboek</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Instellingen</translation>
    </message>
    <message>
        <source>Sign-ins, openings, runs and exports of this desk show up here.</source>
        <translation>Hier komen aanmeldingen, geopende klanten, uitvoeringen en exports van deze werkplek te staan.</translation>
    </message>
    <message>
        <source>What was done, clients and people were searched.</source>
        <translation>Er is gezocht in handelingen, klanten en mensen.</translation>
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
    <name>NameDialog</name>
    <message>
        <source>A connection needs a name</source>
        <translation>Een verbinding heeft een naam nodig</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>Naam van de verbinding</translation>
    </message>
    <message>
        <source>On this computer only. It is readable before you unlock.</source>
        <translation>Alleen op deze computer. Ook vóór het ontgrendelen te lezen.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Naam wijzigen</translation>
    </message>
</context>
<context>
    <name>NetworkCard</name>
    <message>
        <source>A fixed address</source>
        <translation>Een vast adres</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Adres van de proxyserver</translation>
    </message>
    <message>
        <source>Claviger ignores proxy settings in environment variables, where this system keeps them. Certificates are judged as this computer judges them, except where you accepted an authority for a server of your own.</source>
        <translation>Claviger negeert proxyinstellingen in omgevingsvariabelen, waar dit systeem ze bewaart. Certificaten worden beoordeeld zoals deze computer dat doet, behalve waar je voor een eigen server een certificaatautoriteit hebt geaccepteerd.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netwerk</translation>
    </message>
    <message>
        <source>No proxy</source>
        <translation>Geen proxy</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxyserver</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Zoals het systeem</translation>
    </message>
    <message>
        <source>Type a host and a port, as proxy.example:8080.</source>
        <translation>Typ een host en een poort, zoals proxy.example:8080.</translation>
    </message>
    <message>
        <source>Variables of the environment are never obeyed. Certificates are judged as this computer judges them, except where you accepted an authority for a server of your own.</source>
        <translation>Omgevingsvariabelen worden nooit gevolgd. Certificaten worden beoordeeld zoals deze computer dat doet, behalve waar je voor een eigen server een certificaatautoriteit hebt geaccepteerd.</translation>
    </message>
    <message>
        <source>{server}: directly.</source>
        <translation>{server}: rechtstreeks.</translation>
    </message>
    <message>
        <source>{server}: through {proxy}.</source>
        <translation>{server}: via {proxy}.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>A run has ended</source>
        <translation>Een uitvoering is klaar</translation>
    </message>
    <message>
        <source>A run has stopped</source>
        <translation>Een uitvoering is gestopt</translation>
    </message>
    <message>
        <source>Claviger was locked. Unlock it to continue the run.</source>
        <translation>Claviger is vergrendeld. Ontgrendel het om de uitvoering te hervatten.</translation>
    </message>
    <message>
        <source>{done} of {total} steps done.</source>
        <translation>{done} van {total} stappen gedaan.</translation>
    </message>
    <message>
        <source>{done} of {total} steps done. Claviger shows why.</source>
        <translation>{done} van {total} stappen gedaan. In Claviger staat waarom.</translation>
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
    <name>OwnerMail</name>
    <message>
        <source>- Rows {rows}, sent {when}, into: {collections}</source>
        <translation>- Rijen {rows}, verstuurd {when}, naar: {collections}</translation>
    </message>
    <message>
        <source>Hello,</source>
        <translation>Hallo,</translation>
    </message>
    <message>
        <source>If we send them again, that delivery also goes into a collection whose name is “Claviger” with the date and time. Should items then be there twice, you can delete that delivery as a whole.</source>
        <translation>Als we ze nog eens versturen, komt die levering ook in een verzameling met de naam “Claviger” plus datum en tijd. Staan er dan items dubbel, dan kun je die levering in haar geheel verwijderen.</translation>
    </message>
    <message>
        <source>Open the web vault as an owner, choose the Admin Console and then Collections, and look whether these collections hold the items of those rows. Tell us for each line whether all of them are there, none, or some.</source>
        <translation>Open de webkluis als eigenaar, kies de beheerconsole en dan Verzamelingen, en kijk of deze verzamelingen de items van die rijen bevatten. Laat ons per regel weten of ze er allemaal zijn, geen enkele of een deel.</translation>
    </message>
    <message>
        <source>Subject: Are these rows in the vault of {client}?</source>
        <translation>Onderwerp: Staan deze rijen in de kluis van {client}?</translation>
    </message>
    <message>
        <source>We have sent them a second time. That delivery is also in the collection “{dated}”. If items are there twice, select everything in that collection and delete it: the first delivery stays. Then delete the empty collection.</source>
        <translation>We hebben ze een tweede keer verstuurd. Die levering staat ook in de verzameling “{dated}”. Staan er items dubbel, selecteer dan alles in die verzameling en verwijder het: de eerste levering blijft. Verwijder daarna de lege verzameling.</translation>
    </message>
    <message>
        <source>We sent a part of the file {file} to your organization {client} in Bitwarden. The connection broke before the answer came, so we do not know whether it arrived. As your provider we may not look at your items: can you look?</source>
        <translation>We hebben een deel van het bestand {file} naar je organisatie {client} in Bitwarden verstuurd. De verbinding viel weg voordat het antwoord kwam, dus we weten niet of het is aangekomen. Als je provider mogen we niet in je items kijken: wil jij kijken?</translation>
    </message>
</context>
<context>
    <name>OwnerMailDialog</name>
    <message>
        <source>Close</source>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>Copy the mail</source>
        <translation>Mail kopiëren</translation>
    </message>
    <message>
        <source>Copy this mail for the owner?</source>
        <translation>Deze mail voor de eigenaar kopiëren?</translation>
    </message>
    <message>
        <source>Language of the mail</source>
        <translation>Taal van de mail</translation>
    </message>
    <message>
        <source>Only a member of the client can look. Send it from your own mail program.</source>
        <translation>Alleen een lid van de klant kan kijken. Verstuur de mail vanuit je eigen mailprogramma.</translation>
    </message>
    <message>
        <source>The mail</source>
        <translation>De mail</translation>
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
    <name>Period</name>
    <message>
        <source>Last 30 days</source>
        <translation>Laatste 30 dagen</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Laatste 7 dagen</translation>
    </message>
    <message>
        <source>Since yesterday</source>
        <translation>Sinds gisteren</translation>
    </message>
</context>
<context>
    <name>PeriodChip</name>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>Since a certain day…</source>
        <translation>Sinds een bepaalde dag…</translation>
    </message>
    <message>
        <source>Since {day}</source>
        <translation>Sinds {day}</translation>
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
        <source>Add a connection</source>
        <translation>Verbinding toevoegen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindingen</translation>
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
        <source>Not within your role</source>
        <translation>Valt buiten je rol</translation>
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
        <source>A run or a draft for this client has not ended yet. Finish, give up or discard it first.</source>
        <translation>Een uitvoering of concept voor deze klant is nog niet afgerond. Rond het eerst af, geef het op of gooi het weg.</translation>
    </message>
    <message>
        <source>Another Claviger window is writing; this one only reads.</source>
        <translation>Een ander venster van Claviger schrijft; dit venster leest alleen.</translation>
    </message>
    <message>
        <source>Another client has the same key as this one: see Settings, Keys.</source>
        <translation>Een andere klant heeft dezelfde sleutel als deze: zie Instellingen, Sleutels.</translation>
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
        <source>The journal on this computer is damaged. Claviger only reads, so that nothing is done twice.</source>
        <translation>Het journaal op deze computer is beschadigd. Claviger leest alleen, zodat niets dubbel gebeurt.</translation>
    </message>
    <message>
        <source>The journal was written by a newer version of Claviger; this one only reads.</source>
        <translation>Het journaal is geschreven door een nieuwere versie van Claviger; deze versie leest alleen.</translation>
    </message>
    <message>
        <source>The key of this client does not open any more: see Settings, Keys.</source>
        <translation>De sleutel van deze klant is niet meer te openen: zie Instellingen, Sleutels.</translation>
    </message>
    <message>
        <source>The key of this client has changed: see Settings, Keys.</source>
        <translation>De sleutel van deze klant is gewijzigd: zie Instellingen, Sleutels.</translation>
    </message>
    <message>
        <source>The keys were not accepted on this computer yet: see Settings, Keys.</source>
        <translation>De sleutels zijn op deze computer nog niet geaccepteerd: zie Instellingen, Sleutels.</translation>
    </message>
    <message>
        <source>The provider is suspended; see Billing in the web vault.</source>
        <translation>De provider is opgeschort; zie Facturering in de webkluis.</translation>
    </message>
    <message>
        <source>The provider&apos;s key does not open any more: see Settings, Keys.</source>
        <translation>De sleutel van de provider is niet meer te openen: zie Instellingen, Sleutels.</translation>
    </message>
    <message>
        <source>The provider&apos;s key has changed: see Settings, Keys.</source>
        <translation>De sleutel van de provider is gewijzigd: zie Instellingen, Sleutels.</translation>
    </message>
    <message>
        <source>The session has ended. Sign in again first.</source>
        <translation>De sessie is beëindigd. Meld je eerst opnieuw aan.</translation>
    </message>
    <message>
        <source>This account has no provider; organizations are made in the web vault.</source>
        <translation>Dit account heeft geen provider; organisaties maak je in de webkluis.</translation>
    </message>
    <message>
        <source>This client is new on this computer. Accept its key first: Settings, Keys.</source>
        <translation>Deze klant is nieuw op deze computer. Accepteer eerst de sleutel: Instellingen, Sleutels.</translation>
    </message>
    <message>
        <source>This plan or this server has no groups.</source>
        <translation>Dit abonnementstype of deze server heeft geen groepen.</translation>
    </message>
    <message>
        <source>This server does not have this policy.</source>
        <translation>Deze server heeft deze beleidsregel niet.</translation>
    </message>
    <message>
        <source>You cannot remove yourself.</source>
        <translation>Je kunt jezelf niet verwijderen.</translation>
    </message>
    <message>
        <source>Your role in this organization does not reach this.</source>
        <translation>Je rol in deze organisatie staat dit niet toe.</translation>
    </message>
</context>
<context>
    <name>Reception</name>
    <message>
        <source>Practice</source>
        <translation>Oefening</translation>
    </message>
    <message>
        <source>Starting the practice server…</source>
        <translation>Oefenserver starten…</translation>
    </message>
    <message>
        <source>This account is open already.</source>
        <translation>Dit account is al geopend.</translation>
    </message>
    <message>
        <source>This is not an address of a server. It begins with https://.</source>
        <translation>Dit is geen adres van een server. Zo&apos;n adres begint met https://.</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>Ontgrendelen…</translation>
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
    <name>RecoveryForm</name>
    <message>
        <source>32 letters and digits; spaces do not matter.</source>
        <translation>32 letters en cijfers; spaties maken niet uit.</translation>
    </message>
    <message>
        <source>It lets you in when you cannot use any of your two-step methods.</source>
        <translation>Hiermee kom je binnen als je geen van je methoden voor tweestapsaanmelding kunt gebruiken.</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Herstelcode</translation>
    </message>
    <message>
        <source>Switch two-step login off and sign in</source>
        <translation>Tweestapsaanmelding uitzetten en aanmelden</translation>
    </message>
    <message>
        <source>The code works once. It switches two-step login off for the whole account, on every device. Set it up again in the web vault afterwards.</source>
        <translation>De code werkt één keer en zet tweestapsaanmelding uit voor het hele account, op elk apparaat. Stel die daarna opnieuw in via de webkluis.</translation>
    </message>
</context>
<context>
    <name>RefusedForm</name>
    <message>
        <source>API key</source>
        <translation>API-sleutel</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>It needs no second step. The master password opens the keys.</source>
        <translation>Er is geen tweede stap nodig. Het hoofdwachtwoord opent de sleutels.</translation>
    </message>
    <message>
        <source>It switches two-step login off for the whole account.</source>
        <translation>Zet tweestapsaanmelding uit voor het hele account.</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Herstelcode</translation>
    </message>
    <message>
        <source>Single sign-on</source>
        <translation>Single sign-on</translation>
    </message>
    <message>
        <source>Your organization&apos;s own sign-in page, in the browser.</source>
        <translation>De aanmeldpagina van je eigen organisatie, in de browser.</translation>
    </message>
</context>
<context>
    <name>RemoveConnection</name>
    <message>
        <source>A run waits here. Without its journal nobody can continue it or tell what it has done.</source>
        <translation>Hier wacht een uitvoering. Zonder het journaal kan niemand die hervatten of nagaan wat er is gedaan.</translation>
    </message>
    <message>
        <source>Its history, local log and import ledger on this computer are deleted.</source>
        <translation>De geschiedenis, het lokale logboek en het importregister op deze computer worden verwijderd.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behouden</translation>
    </message>
    <message>
        <source>Nothing changes on the server; you can sign in again.</source>
        <translation>Op de server verandert er niets; je kunt je weer aanmelden.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Verwijderen</translation>
    </message>
    <message>
        <source>Remove {connection} from this computer?</source>
        <translation>{connection} van deze computer verwijderen?</translation>
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
        <source>Left out</source>
        <translation>Weggelaten</translation>
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
        <source>This client was forgotten on this computer, and what the run did there with it.</source>
        <translation>Deze klant is op deze computer vergeten, en daarmee ook wat de uitvoering er deed.</translation>
    </message>
    <message>
        <source>Was there already</source>
        <translation>Was er al</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Wat er is gedaan</translation>
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
    <message>
        <source>Locking the computer, closing its lid or letting it sleep stops the run; you can continue it afterwards. While it works, Claviger keeps the computer awake.</source>
        <translation>De computer vergrendelen, dichtklappen of in slaapstand zetten stopt de uitvoering; die kun je daarna hervatten. Zolang de uitvoering loopt, houdt Claviger de computer wakker.</translation>
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
    <message>
        <source>Who is affected</source>
        <translation>Wie het raakt</translation>
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
        <source>Draft</source>
        <translation>Concept</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Concepten</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Opgegeven</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Onderbroken</translation>
    </message>
    <message>
        <source>Left out, as a step that it needs was left out.</source>
        <translation>Weggelaten, omdat een stap waarvan deze afhangt, is weggelaten.</translation>
    </message>
    <message>
        <source>Left out: the rest of the run was given up.</source>
        <translation>Weggelaten: de rest van de uitvoering is opgegeven.</translation>
    </message>
    <message>
        <source>Left out: {reason}</source>
        <translation>Weggelaten: {reason}</translation>
    </message>
    <message>
        <source>Not found in the vault: rows {rows}.</source>
        <translation>Niet gevonden in de kluis: rijen {rows}.</translation>
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
        <source>Rows of which nobody can tell whether they arrived</source>
        <translation>Rijen waarvan niet vast te stellen is of ze zijn aangekomen</translation>
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
        <source>Sent again as a delivery of its own; see below.</source>
        <translation>Opnieuw verstuurd als aparte levering; zie onder.</translation>
    </message>
    <message>
        <source>Sent once. Nobody can tell whether it arrived; see above.</source>
        <translation>Eén keer verstuurd. Niet vast te stellen of het is aangekomen; zie boven.</translation>
    </message>
    <message>
        <source>Sent. It is read back when the run goes on.</source>
        <translation>Verstuurd. Het wordt teruggelezen als de uitvoering verdergaat.</translation>
    </message>
    <message>
        <source>Someone changed this meanwhile. Nothing was overwritten.</source>
        <translation>Iemand heeft dit intussen gewijzigd. Er is niets overschreven.</translation>
    </message>
    <message>
        <source>Someone made one of this name meanwhile. No second one was made.</source>
        <translation>Iemand heeft er intussen een met deze naam gemaakt. Er is geen tweede gemaakt.</translation>
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
        <source>The server lists no items to you, so nothing was read back.</source>
        <translation>De server toont je geen items, dus er is niets teruggelezen.</translation>
    </message>
    <message>
        <source>The server refused this step. It changed nothing.</source>
        <translation>De server heeft deze stap geweigerd. Er is niets gewijzigd.</translation>
    </message>
    <message>
        <source>This step did not succeed; nothing that needs it was sent. See above.</source>
        <translation>Deze stap is niet gelukt; wat ervan afhangt, is niet verstuurd. Zie boven.</translation>
    </message>
    <message>
        <source>Today {time}</source>
        <translation>Vandaag {time}</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Onzeker</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Ongedaan gemaakt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wachtrij</translation>
    </message>
    <message>
        <source>Waits its turn</source>
        <translation>In de wachtrij</translation>
    </message>
    <message>
        <source>Whether this step happened is not known. Claviger looks before it sends again.</source>
        <translation>Het is niet bekend of deze stap is uitgevoerd. Claviger kijkt eerst en verstuurt dan pas weer.</translation>
    </message>
    <message>
        <source>Yesterday {time}</source>
        <translation>Gisteren {time}</translation>
    </message>
    <message>
        <source>Your role does not allow this step. It changed nothing.</source>
        <translation>Je rol staat deze stap niet toe. Er is niets gewijzigd.</translation>
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
    <message>
        <source>{done} of {all}</source>
        <translation>{done} van {all}</translation>
    </message>
    <message>
        <source>{state}, {done} of {all}</source>
        <translation>{state}, {done} van {all}</translation>
    </message>
</context>
<context>
    <name>RunFoot</name>
    <message>
        <source>Cancel the rest…</source>
        <translation>De rest annuleren…</translation>
    </message>
    <message>
        <source>Check against the server</source>
        <translation>Vergelijken met de server</translation>
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
        <source>Decide first about what has changed.</source>
        <translation>Beslis eerst over wat er is gewijzigd.</translation>
    </message>
    <message>
        <source>Discard the draft…</source>
        <translation>Concept weggooien…</translation>
    </message>
    <message>
        <source>Give up the run…</source>
        <translation>Uitvoering opgeven…</translation>
    </message>
    <message>
        <source>Open the client</source>
        <translation>Klant openen</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>Rapport bewaren…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Take it off the queue</source>
        <translation>Uit de wachtrij halen</translation>
    </message>
    <message>
        <source>Undo this run…</source>
        <translation>Uitvoering ongedaan maken…</translation>
    </message>
    <message>
        <source>You can work elsewhere meanwhile. The sidebar shows progress.</source>
        <translation>Je kunt intussen ergens anders werken. De zijbalk toont de voortgang.</translation>
    </message>
</context>
<context>
    <name>RunHead</name>
    <message>
        <source>All runs</source>
        <translation>Alle uitvoeringen</translation>
    </message>
    <message>
        <source>Paced to the limits of this server</source>
        <translation>In het tempo van deze server</translation>
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
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Search steps</source>
        <translation>Stappen zoeken</translation>
    </message>
    <message>
        <source>Step {done} of {total}</source>
        <translation>Stap {done} van {total}</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Stappen</translation>
    </message>
    <message numerus="yes">
        <source>Waiting %Ln second(s) for the server&apos;s limit</source>
        <translation>
            <numerusform>Wacht %Ln seconde op de limiet van de server</numerusform>
            <numerusform>Wacht %Ln seconden op de limiet van de server</numerusform>
        </translation>
    </message>
    <message>
        <source>What is shown of the run</source>
        <translation>Wat van de uitvoering wordt getoond</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>nog ongeveer {time}</translation>
    </message>
    <message>
        <source>takes about {time}</source>
        <translation>duurt ongeveer {time}</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln step(s)</source>
        <translation>
            <numerusform>{done} van %Ln stap</numerusform>
            <numerusform>{done} van %Ln stappen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>No step holds “{words}”.</source>
        <translation>Geen stap bevat “{words}”.</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>A paused run can be continued later; this one cannot.</source>
        <translation>Een gepauzeerde uitvoering kun je later hervatten; deze niet.</translation>
    </message>
    <message>
        <source>Add what is missing</source>
        <translation>Aanvullen wat ontbreekt</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>De rest annuleren</translation>
    </message>
    <message>
        <source>Cancel the rest of this run?</source>
        <translation>De rest van deze uitvoering annuleren?</translation>
    </message>
    <message>
        <source>Checked: nothing has changed since the draft was made.</source>
        <translation>Gecontroleerd: er is niets gewijzigd sinds het concept is gemaakt.</translation>
    </message>
    <message>
        <source>Checked: something has changed since the draft was made. Decide below.</source>
        <translation>Gecontroleerd: er is iets gewijzigd sinds het concept is gemaakt. Beslis hieronder.</translation>
    </message>
    <message>
        <source>Checked: what had changed since is decided.</source>
        <translation>Gecontroleerd: over wat er was gewijzigd, is beslist.</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>Uitvoering hervatten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Weggooien</translation>
    </message>
    <message>
        <source>Discard this draft?</source>
        <translation>Dit concept weggooien?</translation>
    </message>
    <message>
        <source>Give up the run</source>
        <translation>Uitvoering opgeven</translation>
    </message>
    <message>
        <source>Give up this run?</source>
        <translation>Deze uitvoering opgeven?</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>Laten doorlopen</translation>
    </message>
    <message>
        <source>Keep the draft</source>
        <translation>Concept behouden</translation>
    </message>
    <message>
        <source>Keep the run</source>
        <translation>Uitvoering behouden</translation>
    </message>
    <message>
        <source>Kept as a draft. Nothing is sent before you start it.</source>
        <translation>Als concept bewaard. Er wordt niets verstuurd voordat je het start.</translation>
    </message>
    <message>
        <source>Nothing was sent. What was planned is forgotten.</source>
        <translation>Er is niets verstuurd. Wat gepland was, wordt vergeten.</translation>
    </message>
    <message>
        <source>Parts of the plan</source>
        <translation>Delen van het plan</translation>
    </message>
    <message>
        <source>Read again and retry</source>
        <translation>Opnieuw lezen en proberen</translation>
    </message>
    <message>
        <source>Reading what is there now…</source>
        <translation>Lezen wat er nu staat…</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Rapport bewaren</translation>
    </message>
    <message>
        <source>Skip…</source>
        <translation>Overslaan…</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Stappen</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Het plan</translation>
    </message>
    <message>
        <source>The report stays in the list of runs.</source>
        <translation>Het rapport blijft in de lijst van uitvoeringen.</translation>
    </message>
    <message>
        <source>The report was saved.</source>
        <translation>Het rapport is bewaard.</translation>
    </message>
    <message>
        <source>Undoes “{run}”</source>
        <translation>Maakt “{run}” ongedaan</translation>
    </message>
    <message>
        <source>Undone by “{run}”</source>
        <translation>Ongedaan gemaakt door “{run}”</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>Wachten op de server…</translation>
    </message>
    <message>
        <source>Waits for the run before it.</source>
        <translation>Wacht op de uitvoering ervoor.</translation>
    </message>
    <message>
        <source>Waits for: {run}</source>
        <translation>Wacht op: {run}</translation>
    </message>
    <message>
        <source>Web page (*.html);;Table (*.csv);;Text (*.txt)</source>
        <translation>Webpagina (*.html);;Tabel (*.csv);;Tekst (*.txt)</translation>
    </message>
    <message>
        <source>What was done stays; nothing is undone.</source>
        <translation>Wat is gedaan, blijft; er wordt niets ongedaan gemaakt.</translation>
    </message>
    <message>
        <source>What was not sent is never sent.</source>
        <translation>Wat niet is verstuurd, wordt nooit verstuurd.</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>wacht op jou</translation>
    </message>
</context>
<context>
    <name>RunWatch</name>
    <message>
        <source>Kept as a draft. It waits under Runs.</source>
        <translation>Als concept bewaard. Het wacht bij Uitvoeringen.</translation>
    </message>
    <message>
        <source>Show the drafts</source>
        <translation>Concepten tonen</translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln uitvoering</numerusform>
            <numerusform>%Ln uitvoeringen</numerusform>
        </translation>
    </message>
    <message>
        <source>A draft has no report yet.</source>
        <translation>Een concept heeft nog geen rapport.</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Klanten</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>Uitvoering hervatten</translation>
    </message>
    <message>
        <source>Every change is a run: planned, written down before it is sent, and read back.</source>
        <translation>Elke wijziging is een uitvoering: gepland, opgeschreven voordat er iets wordt verstuurd, en teruggelezen.</translation>
    </message>
    <message>
        <source>Export the list of runs</source>
        <translation>Lijst van uitvoeringen exporteren</translation>
    </message>
    <message>
        <source>Export the list…</source>
        <translation>Lijst exporteren…</translation>
    </message>
    <message>
        <source>Last moved</source>
        <translation>Laatst actief</translation>
    </message>
    <message>
        <source>New client</source>
        <translation>Nieuwe klant</translation>
    </message>
    <message>
        <source>No run in this state</source>
        <translation>Geen uitvoering in deze stand</translation>
    </message>
    <message>
        <source>No run matches “{words}”</source>
        <translation>Geen uitvoering bevat “{words}”</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Nog geen uitvoeringen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Openen</translation>
    </message>
    <message>
        <source>Pause after this step</source>
        <translation>Na deze stap pauzeren</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Uitvoering</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Uitvoeringen</translation>
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
        <source>Search runs</source>
        <translation>Uitvoeringen zoeken</translation>
    </message>
    <message>
        <source>Show all runs</source>
        <translation>Alle uitvoeringen tonen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Stappen</translation>
    </message>
    <message>
        <source>Steps done</source>
        <translation>Gedane stappen</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabel (*.csv)</translation>
    </message>
    <message>
        <source>Take it off the queue</source>
        <translation>Uit de wachtrij halen</translation>
    </message>
    <message>
        <source>The list was saved.</source>
        <translation>De lijst is bewaard.</translation>
    </message>
    <message>
        <source>The report was saved.</source>
        <translation>Het rapport is bewaard.</translation>
    </message>
    <message>
        <source>There is no run to export yet.</source>
        <translation>Er is nog geen uitvoering om te exporteren.</translation>
    </message>
    <message>
        <source>Titles, clients and states were searched in {count}.</source>
        <translation>Er is gezocht in titels, klanten en standen bij {count}.</translation>
    </message>
    <message>
        <source>Titles, clients and states were searched.</source>
        <translation>Er is gezocht in titels, klanten en standen.</translation>
    </message>
    <message>
        <source>Web page (*.html);;Table (*.csv);;Text (*.txt)</source>
        <translation>Webpagina (*.html);;Tabel (*.csv);;Tekst (*.txt)</translation>
    </message>
    <message>
        <source>{shown} of {all} runs</source>
        <translation>{shown} van {all} uitvoeringen</translation>
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
    <name>SecondStepFields</name>
    <message>
        <source>Authenticator app</source>
        <translation>Authenticator-app</translation>
    </message>
    <message>
        <source>Claviger cannot answer this method.</source>
        <translation>Claviger ondersteunt deze methode niet.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Duo</source>
        <translation>Duo</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>For a month the master password is then enough here.</source>
        <translation>Het hoofdwachtwoord is hier dan een maand lang genoeg.</translation>
    </message>
    <message>
        <source>Passkey</source>
        <translation>Passkey</translation>
    </message>
    <message>
        <source>Remember this computer</source>
        <translation>Deze computer onthouden</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Opnieuw versturen</translation>
    </message>
    <message>
        <source>Send code</source>
        <translation>Code versturen</translation>
    </message>
    <message>
        <source>The code is on its way. Of several mails the last one counts.</source>
        <translation>De code is onderweg. Van meerdere mails telt de laatste.</translation>
    </message>
    <message>
        <source>The server mails a code to the address that is kept for it, once you ask.</source>
        <translation>De server mailt een code naar het adres dat daarvoor is bewaard, zodra je erom vraagt.</translation>
    </message>
    <message>
        <source>Touch your YubiKey: it types its code and presses Enter.</source>
        <translation>Raak je YubiKey aan: die typt de code en drukt op Enter.</translation>
    </message>
    <message>
        <source>Type the code first.</source>
        <translation>Typ eerst de code.</translation>
    </message>
    <message>
        <source>Type the six digits of your authenticator app.</source>
        <translation>Typ de zes cijfers van je authenticator-app.</translation>
    </message>
    <message>
        <source>YubiKey</source>
        <translation>YubiKey</translation>
    </message>
    <message>
        <source>{method}, in a browser only</source>
        <translation>{method}, alleen in een browser</translation>
    </message>
</context>
<context>
    <name>SecondStepForm</name>
    <message>
        <source>Continue</source>
        <translation>Doorgaan</translation>
    </message>
    <message>
        <source>Two-step login</source>
        <translation>Tweestapsaanmelding</translation>
    </message>
    <message>
        <source>Use a recovery code</source>
        <translation>Herstelcode gebruiken</translation>
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
    <name>SendAgainDialog</name>
    <message>
        <source>Do not send</source>
        <translation>Niet versturen</translation>
    </message>
    <message>
        <source>If the first delivery did arrive, its items are there twice.</source>
        <translation>Als de eerste levering toch is aangekomen, staan de items er dubbel.</translation>
    </message>
    <message>
        <source>Nothing is sent before the run is continued.</source>
        <translation>Er wordt niets verstuurd voordat de uitvoering wordt hervat.</translation>
    </message>
    <message>
        <source>Rows {rows}</source>
        <translation>Rijen {rows}</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Opnieuw versturen</translation>
    </message>
    <message>
        <source>Send these rows to {name} again?</source>
        <translation>Deze rijen opnieuw naar {name} versturen?</translation>
    </message>
    <message>
        <source>The second delivery also goes into a collection named with the date and time. The owner can delete one delivery by it.</source>
        <translation>De tweede levering komt ook in een verzameling met datum en tijd als naam. Daarmee kan de eigenaar één levering verwijderen.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Accounts and servers of this desk: add, name, order and remove them. The proxy is chosen there too.</source>
        <translation>Accounts en servers van deze werkplek: toevoegen, een naam geven, op volgorde zetten en verwijderen. Je kiest er ook de proxyserver.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Weergave</translation>
    </message>
    <message>
        <source>Changes when you lock Claviger or start it again.</source>
        <translation>Verandert zodra je Claviger vergrendelt of opnieuw start.</translation>
    </message>
    <message>
        <source>Claviger locks when nobody has used it for so long. A run at work goes on behind a screen that asks for your password, four hours at most.</source>
        <translation>Claviger vergrendelt als niemand het zo lang heeft gebruikt. Een lopende uitvoering gaat hoogstens vier uur door achter een scherm dat om je wachtwoord vraagt.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindingen</translation>
    </message>
    <message>
        <source>Connections and network</source>
        <translation>Verbindingen en netwerk</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Verbindingen…</translation>
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
        <source>It also locks when the computer is locked or goes to sleep, when its lid is closed, and when somebody else signs in to it. A run stops then and can be continued.</source>
        <translation>Claviger vergrendelt ook als de computer wordt vergrendeld, in slaapstand gaat of wordt dichtgeklapt, en als iemand anders zich erop aanmeldt. Een uitvoering stopt dan en is te hervatten.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Sleutels</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>Sleutels…</translation>
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
        <source>Local log</source>
        <translation>Lokaal logboek</translation>
    </message>
    <message>
        <source>Local log…</source>
        <translation>Lokaal logboek…</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Vergrendelen</translation>
    </message>
    <message>
        <source>Locks after {minutes} min: the session timeout policy of {name} allows no more.</source>
        <translation>Vergrendelt na {minutes} min: meer staat de beleidsregel Sessietime-out van {name} niet toe.</translation>
    </message>
    <message>
        <source>Minutes until the lock</source>
        <translation>Minuten tot vergrendelen</translation>
    </message>
    <message>
        <source>Months of history</source>
        <translation>Maanden geschiedenis</translation>
    </message>
    <message>
        <source>One file for whoever helps you: versions, settings, counts and a log that names nobody. You read it before you save it.</source>
        <translation>Eén bestand voor wie je helpt: versies, instellingen, aantallen en een logboek zonder namen. Je leest het voordat je het bewaart.</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Provider</translation>
    </message>
    <message>
        <source>Reads all clients again from time to time. It leaves no trace in their event logs and gives way to what you do.</source>
        <translation>Leest alle klanten af en toe opnieuw. Dat laat geen sporen na in hun logboeken; jouw werk gaat voor.</translation>
    </message>
    <message>
        <source>Refresh in the background</source>
        <translation>Op de achtergrond bijwerken</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Zoals het systeem</translation>
    </message>
    <message>
        <source>Save the support bundle</source>
        <translation>Supportbestand bewaren</translation>
    </message>
    <message>
        <source>Saved. Nothing was sent.</source>
        <translation>Bewaard. Er is niets verstuurd.</translation>
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
        <source>Sign-ins, openings, runs and exports of this desk, in their order.</source>
        <translation>Aanmeldingen, geopende klanten, uitvoeringen en exports van deze werkplek, op volgorde.</translation>
    </message>
    <message>
        <source>Stored on this computer</source>
        <translation>Bewaard op deze computer</translation>
    </message>
    <message>
        <source>Support bundle</source>
        <translation>Supportbestand</translation>
    </message>
    <message>
        <source>Support bundle…</source>
        <translation>Supportbestand…</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tekstgrootte</translation>
    </message>
    <message>
        <source>The keys of clients and people that were accepted here. A change of one of them is an alarm.</source>
        <translation>De sleutels van klanten en mensen die hier zijn geaccepteerd. Een wijziging geeft een alarm.</translation>
    </message>
    <message>
        <source>This account</source>
        <translation>Dit account</translation>
    </message>
    <message>
        <source>Your fingerprint phrase</source>
        <translation>Je vingerafdrukzin</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip-bestanden (*.zip)</translation>
    </message>
    <message>
        <source>none: your own organizations are the clients</source>
        <translation>geen: je eigen organisaties zijn de klanten</translation>
    </message>
    <message>
        <source>“Changes” looks back this far. What is older is removed from this computer within a day; the present state and the local log stay.</source>
        <translation>“Wijzigingen” kijkt zo ver terug. Wat ouder is, wordt binnen een dag van deze computer verwijderd; de huidige stand en het lokale logboek blijven.</translation>
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
        <source>Keep as a draft</source>
        <translation>Als concept bewaren</translation>
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
        <source>No connection: nothing is sent before you start the draft.</source>
        <translation>Geen verbinding: er wordt niets verstuurd voordat je het concept start.</translation>
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
        <source>Changes</source>
        <translation>Wijzigingen</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Klanten</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindingen</translation>
    </message>
    <message>
        <source>Event logs</source>
        <translation>Logboek</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Sleutels</translation>
    </message>
    <message>
        <source>Local log</source>
        <translation>Lokaal logboek</translation>
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
        <source>No connection. You see the last known state; what you plan is kept.</source>
        <translation>Geen verbinding. Je ziet de laatst bekende stand; wat je plant, wordt bewaard.</translation>
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
        <source>Runs</source>
        <translation>Uitvoeringen</translation>
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
        <source>Connections</source>
        <translation>Verbindingen</translation>
    </message>
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
        <source>32 letters and digits; spaces do not matter.</source>
        <translation>32 letters en cijfers; spaties maken niet uit.</translation>
    </message>
    <message>
        <source>Asking for the mail…</source>
        <translation>Mail aanvragen…</translation>
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
        <source>Open the browser</source>
        <translation>Browser openen</translation>
    </message>
    <message>
        <source>Organization identifier</source>
        <translation>Organisatie-ID</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Herstelcode</translation>
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
        <source>Sign in through the browser (SSO)</source>
        <translation>Aanmelden via de browser (SSO)</translation>
    </message>
    <message>
        <source>Switch two-step login off and sign in</source>
        <translation>Tweestapsaanmelding uitzetten en aanmelden</translation>
    </message>
    <message>
        <source>The code works once. It switches two-step login off for the whole account, on every device. Set it up again in the web vault afterwards.</source>
        <translation>De code werkt één keer en zet tweestapsaanmelding uit voor het hele account, op elk apparaat. Stel die daarna opnieuw in via de webkluis.</translation>
    </message>
    <message>
        <source>The master password has changed. Sign in with the new one.</source>
        <translation>Het hoofdwachtwoord is gewijzigd. Meld je aan met het nieuwe.</translation>
    </message>
    <message>
        <source>The server has taken this.</source>
        <translation>De server heeft dit aangenomen.</translation>
    </message>
    <message>
        <source>The session has ended. What you typed and planned is kept.</source>
        <translation>De sessie is beëindigd. Wat je hebt getypt en gepland, is bewaard.</translation>
    </message>
    <message>
        <source>Type the organization identifier first.</source>
        <translation>Typ eerst het organisatie-ID.</translation>
    </message>
    <message>
        <source>Type the recovery code first.</source>
        <translation>Typ eerst de herstelcode.</translation>
    </message>
    <message>
        <source>Use a recovery code</source>
        <translation>Herstelcode gebruiken</translation>
    </message>
    <message>
        <source>Use a two-step code</source>
        <translation>Tweestapscode gebruiken</translation>
    </message>
    <message>
        <source>Use the master password</source>
        <translation>Hoofdwachtwoord gebruiken</translation>
    </message>
    <message>
        <source>Use the server&apos;s salt</source>
        <translation>De salt van de server gebruiken</translation>
    </message>
    <message>
        <source>Use the weaker settings</source>
        <translation>De zwakkere instellingen gebruiken</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>Wachten op de server…</translation>
    </message>
    <message>
        <source>Waiting for your browser…</source>
        <translation>Wachten op je browser…</translation>
    </message>
</context>
<context>
    <name>SigningIn</name>
    <message>
        <source>A new code is on its way. The one before it does not work any more.</source>
        <translation>Er is een nieuwe code onderweg. De vorige werkt niet meer.</translation>
    </message>
    <message>
        <source>Asking for the mail…</source>
        <translation>Mail aanvragen…</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der)</source>
        <translation>Certificaten (*.pem *.crt *.cer *.der)</translation>
    </message>
    <message>
        <source>Checking the code…</source>
        <translation>Code controleren…</translation>
    </message>
    <message>
        <source>Choose a certificate</source>
        <translation>Certificaat kiezen</translation>
    </message>
    <message>
        <source>Looking at the certificate…</source>
        <translation>Certificaat bekijken…</translation>
    </message>
    <message>
        <source>Nothing was opened. Try again.</source>
        <translation>Er is niets geopend. Probeer het opnieuw.</translation>
    </message>
    <message>
        <source>Opening your keys…</source>
        <translation>Sleutels openen…</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Aanmelden…</translation>
    </message>
    <message>
        <source>The server is trusted now. Try again.</source>
        <translation>De server wordt nu vertrouwd. Probeer het opnieuw.</translation>
    </message>
    <message>
        <source>The server&apos;s answer did not arrive.</source>
        <translation>Het antwoord van de server is niet aangekomen.</translation>
    </message>
    <message>
        <source>This file does not hold exactly one certificate.</source>
        <translation>Dit bestand bevat niet precies één certificaat.</translation>
    </message>
    <message>
        <source>This master password does not open your keys.</source>
        <translation>Dit hoofdwachtwoord opent je sleutels niet.</translation>
    </message>
    <message>
        <source>Type the code first.</source>
        <translation>Typ eerst de code.</translation>
    </message>
    <message>
        <source>Type the organization identifier first.</source>
        <translation>Typ eerst het organisatie-ID.</translation>
    </message>
    <message>
        <source>Type the recovery code first.</source>
        <translation>Typ eerst de herstelcode.</translation>
    </message>
    <message>
        <source>Type your master password first.</source>
        <translation>Typ eerst je hoofdwachtwoord.</translation>
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
    <name>SkipDialog</name>
    <message>
        <source>A reason is needed</source>
        <translation>Er is een reden nodig</translation>
    </message>
    <message>
        <source>At most 200 characters</source>
        <translation>Hoogstens 200 tekens</translation>
    </message>
    <message>
        <source>Keep the step</source>
        <translation>Stap behouden</translation>
    </message>
    <message>
        <source>Kept in the report.</source>
        <translation>Komt in het rapport.</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Weglaten</translation>
    </message>
    <message>
        <source>Nothing is sent again. The report says that nobody could tell.</source>
        <translation>Er wordt niets opnieuw verstuurd. Het rapport vermeldt dat het niet vast te stellen was.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reden</translation>
    </message>
    <message>
        <source>The step is not sent. Steps that need it are not sent either.</source>
        <translation>De stap wordt niet verstuurd. Stappen die ervan afhangen ook niet.</translation>
    </message>
    <message>
        <source>Why is this step left out?</source>
        <translation>Waarom wordt deze stap weggelaten?</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>A provider invited you and you have not accepted yet.</source>
        <translation>Een provider heeft je uitgenodigd en je hebt nog niet geaccepteerd.</translation>
    </message>
    <message>
        <source>Add a connection</source>
        <translation>Verbinding toevoegen</translation>
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
        <source>Back to the open connections</source>
        <translation>Terug naar de geopende verbindingen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
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
        <source>It is tried on your other connections too, on this computer only.</source>
        <translation>Het wordt ook bij je andere verbindingen geprobeerd, alleen op deze computer.</translation>
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
        <source>Sign in another way…</source>
        <translation>Op een andere manier aanmelden…</translation>
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
        <source>The connections that are open stay as they are.</source>
        <translation>De geopende verbindingen blijven zoals ze zijn.</translation>
    </message>
    <message>
        <source>Then choose Sign in here.</source>
        <translation>Kies daarna hier Aanmelden.</translation>
    </message>
    <message>
        <source>This password does not open the connection.</source>
        <translation>Dit wachtwoord opent de verbinding niet.</translation>
    </message>
    <message>
        <source>This password opens none of your connections.</source>
        <translation>Dit wachtwoord opent geen van je verbindingen.</translation>
    </message>
    <message>
        <source>Type the address of the server first.</source>
        <translation>Typ eerst het adres van de server.</translation>
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
    <name>StartSteps</name>
    <message>
        <source>You can close this page and go back to Claviger.</source>
        <translation>Je kunt deze pagina sluiten en teruggaan naar Claviger.</translation>
    </message>
</context>
<context>
    <name>StateChips</name>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Accepted</source>
        <translation>Geaccepteerd</translation>
    </message>
    <message>
        <source>Collection {id}</source>
        <translation>Verzameling {id}</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bevestigd</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>Uitgenodigd</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nee</translation>
    </message>
    <message>
        <source>No longer there</source>
        <translation>Niet meer aanwezig</translation>
    </message>
    <message>
        <source>Not in the list</source>
        <translation>Niet in de lijst</translation>
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
        <source>Policy</source>
        <translation>Beleidsregel</translation>
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
        <source>Seats</source>
        <translation>Plaatsen</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
</context>
<context>
    <name>StepForm</name>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
</context>
<context>
    <name>SupportDialog</name>
    <message>
        <source>Close</source>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>Save a support bundle?</source>
        <translation>Een supportbestand bewaren?</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Bewaren…</translation>
    </message>
    <message>
        <source>The support bundle</source>
        <translation>Het supportbestand</translation>
    </message>
    <message>
        <source>This is all that is in the file. It names no client, person or password, and no server of your own. Nothing is sent: you decide who gets it.</source>
        <translation>Dit is alles wat in het bestand staat. Er staan geen klanten, personen, wachtwoorden of eigen servers in. Er wordt niets verstuurd: jij beslist wie het krijgt.</translation>
    </message>
</context>
<context>
    <name>Switcher</name>
    <message numerus="yes">
        <source>%Ln connection(s)</source>
        <translation>
            <numerusform>%Ln verbinding</numerusform>
            <numerusform>%Ln verbindingen</numerusform>
        </translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindingen</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Verbindingen…</translation>
    </message>
    <message>
        <source>locked, last seen {time}</source>
        <translation>vergrendeld, laatst gezien {time}</translation>
    </message>
    <message>
        <source>own organizations</source>
        <translation>eigen organisaties</translation>
    </message>
    <message>
        <source>{connection}: the session has ended.</source>
        <translation>{connection}: de sessie is beëindigd.</translation>
    </message>
</context>
<context>
    <name>SyncNews</name>
    <message>
        <source>Limit: waits {seconds} s</source>
        <translation>Limiet: wacht {seconds} s</translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>Leest {done} van {total}</translation>
    </message>
    <message>
        <source>Waits {seconds} s for the server&apos;s limit</source>
        <translation>Wacht {seconds} s op de limiet van de server</translation>
    </message>
    <message>
        <source>{online} of {all} connected</source>
        <translation>{online} van {all} verbonden</translation>
    </message>
</context>
<context>
    <name>System</name>
    <message>
        <source>A run is at work</source>
        <translation>Er loopt een uitvoering</translation>
    </message>
    <message>
        <source>Locks before the computer sleeps</source>
        <translation>Vergrendelt voordat de computer in slaapstand gaat</translation>
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
    <name>Timeline</name>
    <message>
        <source>Between {start} and {end}</source>
        <translation>Tussen {start} en {end}</translation>
    </message>
    <message>
        <source>Today, {day}</source>
        <translation>Vandaag, {day}</translation>
    </message>
    <message>
        <source>Yesterday, {day}</source>
        <translation>Gisteren, {day}</translation>
    </message>
    <message>
        <source>{day}, between {start} and {end}</source>
        <translation>{day}, tussen {start} en {end}</translation>
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
    <name>UncertainPanel</name>
    <message>
        <source>Copy a mail for the owner…</source>
        <translation>Mail voor de eigenaar kopiëren…</translation>
    </message>
    <message>
        <source>Do not send again…</source>
        <translation>Niet opnieuw versturen…</translation>
    </message>
    <message>
        <source>Into: {collections}</source>
        <translation>Naar: {collections}</translation>
    </message>
    <message>
        <source>Nobody can tell whether these rows arrived</source>
        <translation>Niet vast te stellen of deze rijen zijn aangekomen</translation>
    </message>
    <message>
        <source>Rows {rows}</source>
        <translation>Rijen {rows}</translation>
    </message>
    <message>
        <source>Rows {rows} of {file}</source>
        <translation>Rijen {rows} van {file}</translation>
    </message>
    <message>
        <source>Send again…</source>
        <translation>Opnieuw versturen…</translation>
    </message>
    <message>
        <source>Sent: {when}</source>
        <translation>Verstuurd: {when}</translation>
    </message>
    <message>
        <source>They were sent once, the answer did not come, and the server does not list items to you. They are not sent again by themselves: the owner can look.</source>
        <translation>Ze zijn één keer verstuurd, het antwoord bleef uit en de server toont je geen items. Ze worden niet vanzelf opnieuw verstuurd: de eigenaar kan nagaan of ze er zijn.</translation>
    </message>
</context>
<context>
    <name>UndoDialog</name>
    <message>
        <source>Before the run</source>
        <translation>Vóór de uitvoering</translation>
    </message>
    <message>
        <source>Cannot be undone</source>
        <translation>Kan niet ongedaan worden gemaakt</translation>
    </message>
    <message>
        <source>Changed by someone else since</source>
        <translation>Sindsdien door iemand anders gewijzigd</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>Alles behouden</translation>
    </message>
    <message>
        <source>Keep what is there</source>
        <translation>Laten zoals het is</translation>
    </message>
    <message>
        <source>On the server now</source>
        <translation>Nu op de server</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Terugzetten</translation>
    </message>
    <message>
        <source>Reading what is there now…</source>
        <translation>Lezen wat er nu staat…</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>Blijft zoals het is</translation>
    </message>
    <message>
        <source>Takes about {time}; requests: {requests}</source>
        <translation>Duurt ongeveer {time}; verzoeken: {requests}</translation>
    </message>
    <message>
        <source>The name is not complete yet</source>
        <translation>De naam is nog niet compleet</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>Er is niets ongedaan te maken</translation>
    </message>
    <message>
        <source>This is a run of its own: written down first, paused and continued like any.</source>
        <translation>Dit is een aparte uitvoering: eerst opgeschreven, en te pauzeren en te hervatten als elke andere.</translation>
    </message>
    <message>
        <source>This run set</source>
        <translation>Door de uitvoering</translation>
    </message>
    <message>
        <source>Type {name} to continue</source>
        <translation>Typ {name} om door te gaan</translation>
    </message>
    <message>
        <source>Undo the run</source>
        <translation>Uitvoering ongedaan maken</translation>
    </message>
    <message>
        <source>Undo “{run}”?</source>
        <translation>“{run}” ongedaan maken?</translation>
    </message>
    <message>
        <source>What becomes of: {step}</source>
        <translation>Wat er gebeurt met: {step}</translation>
    </message>
    <message>
        <source>Who is affected</source>
        <translation>Wie het raakt</translation>
    </message>
    <message>
        <source>Will be undone</source>
        <translation>Wordt ongedaan gemaakt</translation>
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
    <name>UnlockDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Master password</source>
        <translation>Hoofdwachtwoord</translation>
    </message>
    <message>
        <source>This password does not open the connection.</source>
        <translation>Dit wachtwoord opent de verbinding niet.</translation>
    </message>
    <message>
        <source>This password opened {others}. This connection has another one.</source>
        <translation>Dit wachtwoord opende {others}. Deze verbinding heeft een ander wachtwoord.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Ontgrendelen</translation>
    </message>
    <message>
        <source>Unlock {connection}</source>
        <translation>{connection} ontgrendelen</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>Ontgrendelen…</translation>
    </message>
</context>
<context>
    <name>WaitingStrip</name>
    <message>
        <source>Continue the run</source>
        <translation>Uitvoering hervatten</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Ontgrendelen</translation>
    </message>
    <message>
        <source>{connection}: {text}</source>
        <translation>{connection}: {text}</translation>
    </message>
    <message>
        <source>“{run}” was interrupted. Steps done: {done} of {total}.</source>
        <translation>“{run}” is onderbroken. Gedane stappen: {done} van {total}.</translation>
    </message>
</context>
<context>
    <name>WaysForm</name>
    <message>
        <source>A phone or computer where you are signed in says yes.</source>
        <translation>Een telefoon of computer waarop je bent aangemeld, geeft toestemming.</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-sleutel</translation>
    </message>
    <message>
        <source>For accounts whose second step works in a browser only.</source>
        <translation>Voor accounts waarvan de tweede stap alleen in een browser werkt.</translation>
    </message>
    <message>
        <source>Let another device approve</source>
        <translation>Ander apparaat laten goedkeuren</translation>
    </message>
    <message>
        <source>Sign in another way</source>
        <translation>Op een andere manier aanmelden</translation>
    </message>
    <message>
        <source>Sign in with the master password once; later another device can approve.</source>
        <translation>Meld je één keer aan met het hoofdwachtwoord; daarna kan een ander apparaat het goedkeuren.</translation>
    </message>
    <message>
        <source>Single sign-on</source>
        <translation>Single sign-on</translation>
    </message>
    <message>
        <source>Your organization&apos;s own sign-in page, in the browser.</source>
        <translation>De aanmeldpagina van je eigen organisatie, in de browser.</translation>
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
    <name>WhichConnectionDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Doorgaan</translation>
    </message>
    <message>
        <source>In which connection is the new client made?</source>
        <translation>Bij welke verbinding wordt de nieuwe klant gemaakt?</translation>
    </message>
    <message>
        <source>It belongs to that provider and is paid for there.</source>
        <translation>De klant hoort bij die provider en wordt daar gefactureerd.</translation>
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
        <source>%Ln imported item(s)</source>
        <translation>
            <numerusform>%Ln geïmporteerd item</numerusform>
            <numerusform>%Ln geïmporteerde items</numerusform>
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
        <source>%Ln member(s) of the provider are removed</source>
        <translation>
            <numerusform>%Ln lid van de provider wordt verwijderd</numerusform>
            <numerusform>%Ln leden van de provider worden verwijderd</numerusform>
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
        <source>A client is never deleted from here.</source>
        <translation>Een klant wordt van hieruit nooit verwijderd.</translation>
    </message>
    <message>
        <source>A client needs at least one seat.</source>
        <translation>Een klant heeft minstens één plaats nodig.</translation>
    </message>
    <message>
        <source>A collection below it stays, so it stays too.</source>
        <translation>Een onderliggende verzameling blijft, dus deze blijft ook.</translation>
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
        <source>Changing “{policy}” back restores nobody it revoked and recalls no mail.</source>
        <translation>“{policy}” terugzetten herstelt geen ingetrokken toegang en haalt geen mails terug.</translation>
    </message>
    <message>
        <source>Collection “{collection}” exists</source>
        <translation>De verzameling “{collection}” bestaat al</translation>
    </message>
    <message>
        <source>Collections it made for members stay.</source>
        <translation>Verzamelingen die voor leden zijn gemaakt, blijven.</translation>
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
        <source>Delete the collection “{collection}”</source>
        <translation>De verzameling “{collection}” verwijderen</translation>
    </message>
    <message>
        <source>Delete the group “{group}”</source>
        <translation>De groep “{group}” verwijderen</translation>
    </message>
    <message>
        <source>Desktop autotype default</source>
        <translation>Standaard voor automatisch typen op de desktop</translation>
    </message>
    <message>
        <source>Do again: {what}</source>
        <translation>Opnieuw uitvoeren: {what}</translation>
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
        <source>Is already as it was before.</source>
        <translation>Is al zoals het eerder was.</translation>
    </message>
    <message>
        <source>It manages a collection that stays, so it stays too.</source>
        <translation>De groep beheert een verzameling die blijft, dus blijft zelf ook.</translation>
    </message>
    <message>
        <source>It no longer exists.</source>
        <translation>Bestaat niet meer.</translation>
    </message>
    <message>
        <source>It was shared with these rights: {rights}.</source>
        <translation>Het was gedeeld met deze rechten: {rights}.</translation>
    </message>
    <message>
        <source>Items in a deleted collection stay in the vault, but in no collection.</source>
        <translation>Items in een verwijderde verzameling blijven in de kluis, maar zonder verzameling.</translation>
    </message>
    <message>
        <source>Items of these rows are in the vault more than once: {rows}.</source>
        <translation>Items van deze rijen staan meer dan één keer in de kluis: {rows}.</translation>
    </message>
    <message>
        <source>Items were imported into it, so it stays.</source>
        <translation>Er zijn items in geïmporteerd, dus de verzameling blijft.</translation>
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
        <source>Mails cannot be called back.</source>
        <translation>Mails zijn niet terug te halen.</translation>
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
        <source>Only a member of the client can remove items.</source>
        <translation>Alleen een lid van de klant kan items verwijderen.</translation>
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
    <message numerus="yes">
        <source>Remove %Ln person(s): {emails}</source>
        <translation>
            <numerusform>%Ln persoon verwijderen: {emails}</numerusform>
            <numerusform>%Ln personen verwijderen: {emails}</numerusform>
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
        <source>Rename the collection “{collection}” to “{name}”</source>
        <translation>De naam van de verzameling “{collection}” wijzigen in “{name}”</translation>
    </message>
    <message>
        <source>Rename the group “{group}” to “{name}”</source>
        <translation>De naam van de groep “{group}” wijzigen in “{name}”</translation>
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
    <message numerus="yes">
        <source>Set policies of %Ln client(s)</source>
        <translation>
            <numerusform>Beleid van %Ln klant instellen</numerusform>
            <numerusform>Beleid van %Ln klanten instellen</numerusform>
        </translation>
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
        <source>The apostrophe that keeps spreadsheets from taking a value for a formula was removed.</source>
        <translation>De apostrof waardoor een rekenblad een waarde niet als formule leest, is verwijderd.</translation>
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
        <source>The collection “{collection}” is on the server more than once.</source>
        <translation>De verzameling “{collection}” staat meer dan één keer op de server.</translation>
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
        <source>The group “{group}” is on the server more than once.</source>
        <translation>De groep “{group}” staat meer dan één keer op de server.</translation>
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
        <source>The kind “{kind}” is not known; read as a login.</source>
        <translation>De soort “{kind}” is onbekend; gelezen als login.</translation>
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
    <message>
        <source>The notes are a web page that plain text cannot show: kept.</source>
        <translation>De notities zijn een webpagina die niet in platte tekst past: behouden.</translation>
    </message>
    <message>
        <source>The notes were a web page; they are plain text now.</source>
        <translation>De notities waren een webpagina; ze zijn nu platte tekst.</translation>
    </message>
    <message numerus="yes">
        <source>The organization is created with %Ln assigned seat(s).</source>
        <translation>
            <numerusform>De organisatie wordt gemaakt met %Ln toegewezen plaats.</numerusform>
            <numerusform>De organisatie wordt gemaakt met %Ln toegewezen plaatsen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The people of the client could see it in the portal.</source>
        <translation>De mensen van de klant konden het in het portaal zien.</translation>
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
        <source>The row only names a folder; its items name it too.</source>
        <translation>De rij noemt alleen een map; de items in de map noemen die ook.</translation>
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
        <source>These are keys of the browser itself, no login.</source>
        <translation>Dit zijn sleutels van de browser zelf, geen login.</translation>
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
        <source>This plan or this server has no groups.</source>
        <translation>Dit abonnementstype of deze server heeft geen groepen.</translation>
    </message>
    <message>
        <source>This server does not have the policy “{policy}”.</source>
        <translation>Deze server heeft de beleidsregel “{policy}” niet.</translation>
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
        <source>Undo: {what}</source>
        <translation>Ongedaan maken: {what}</translation>
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
        <source>What was there before was not recorded.</source>
        <translation>Wat er eerst stond, is niet vastgelegd.</translation>
    </message>
    <message>
        <source>Whether this happened is not clear; settle the run first.</source>
        <translation>Het is niet duidelijk of dit is gebeurd; rond eerst de uitvoering af.</translation>
    </message>
    <message>
        <source>Whoever is confirmed has had the client&apos;s key, also after being removed.</source>
        <translation>Wie bevestigd is, heeft de sleutel van de klant gehad, ook na verwijdering.</translation>
    </message>
    <message>
        <source>Whoever is confirmed has had the key and stays.</source>
        <translation>Wie bevestigd is, heeft de sleutel gehad en blijft.</translation>
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
        <source>Whoever is removed has to be invited anew.</source>
        <translation>Wie verwijderd is, moet opnieuw worden uitgenodigd.</translation>
    </message>
    <message>
        <source>Your role in this organization does not manage groups.</source>
        <translation>Met je rol in deze organisatie kun je geen groepen beheren.</translation>
    </message>
    <message>
        <source>Your role in this organization does not manage members.</source>
        <translation>Met je rol in deze organisatie kun je geen leden beheren.</translation>
    </message>
    <message>
        <source>{client} exists</source>
        <translation>{client} bestaat al</translation>
    </message>
    <message>
        <source>{client} has a plan without policies</source>
        <translation>{client} heeft een abonnementstype zonder beleid</translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln member(s) can no longer keep items of their own</source>
        <translation>
            <numerusform>{client}: %Ln lid kan geen eigen items meer bewaren</numerusform>
            <numerusform>{client}: %Ln leden kunnen geen eigen items meer bewaren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln member(s) leave the group “{group}”</source>
        <translation>
            <numerusform>{client}: %Ln lid verlaat de groep “{group}”</numerusform>
            <numerusform>{client}: %Ln leden verlaten de groep “{group}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln member(s) no longer reach “{collection}”</source>
        <translation>
            <numerusform>{client}: %Ln lid kan niet meer bij “{collection}”</numerusform>
            <numerusform>{client}: %Ln leden kunnen niet meer bij “{collection}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln member(s) without two-step login are revoked</source>
        <translation>
            <numerusform>{client}: de toegang van %Ln lid zonder tweestapsaanmelding wordt ingetrokken</numerusform>
            <numerusform>{client}: de toegang van %Ln leden zonder tweestapsaanmelding wordt ingetrokken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: %Ln person(s) are removed</source>
        <translation>
            <numerusform>{client}: %Ln persoon wordt verwijderd</numerusform>
            <numerusform>{client}: %Ln personen worden verwijderd</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: access of %Ln member(s) changes</source>
        <translation>
            <numerusform>{client}: de toegang van %Ln lid wijzigt</numerusform>
            <numerusform>{client}: de toegang van %Ln leden wijzigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{client}: of %Ln member(s), those who are in another organization are revoked</source>
        <translation>
            <numerusform>{client}: de toegang van %Ln lid wordt ingetrokken als dat ook in een andere organisatie zit</numerusform>
            <numerusform>{client}: van %Ln leden verliest wie ook in een andere organisatie zit de toegang</numerusform>
        </translation>
    </message>
    <message>
        <source>{client}: policy “{policy}” is as wanted</source>
        <translation>{client}: de beleidsregel “{policy}” is zoals gewenst</translation>
    </message>
    <message>
        <source>{client}: turn off the policy “{policy}”</source>
        <translation>{client}: de beleidsregel “{policy}” uitzetten</translation>
    </message>
    <message>
        <source>{client}: turn on the policy “{policy}”</source>
        <translation>{client}: de beleidsregel “{policy}” aanzetten</translation>
    </message>
    <message numerus="yes">
        <source>{client}: “{policy}” applies to %Ln member(s)</source>
        <translation>
            <numerusform>{client}: “{policy}” geldt voor %Ln lid</numerusform>
            <numerusform>{client}: “{policy}” geldt voor %Ln leden</numerusform>
        </translation>
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
        <source>“{field}” cannot be read; kept as it stands.</source>
        <translation>“{field}” is niet te lezen; ongewijzigd bewaard.</translation>
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
