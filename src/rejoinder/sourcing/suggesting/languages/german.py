"""German."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar, frames, kinds, manners, words

_VERBS: Final = manners(
    says="kommt kommen kamen sagte sagten sagt sagen erklärte erklärten erklärt erklären teilte teilten"
    " teilt teilen berichtete"
    " berichteten berichtet berichten bestätigte bestätigten bestätigt bestätigen betonte"
    " betonten betont betonen"
    " warnte warnten warnt warnen meldete meldeten meldet melden schrieb schrieben schreibt"
    " schreiben erläuterte"
    " erläutert kündigte kündigten kündigt räumte räumten räumt gab gaben gibt fügte"
    " entgegnete entgegnet erwiderte"
    " meinte meint meinen erzählt erzählte erzählen schilderte schilderten"
    " schildert schildern argumentiert"
    " argumentieren argumentierte wies wiesen weist weisen stellte stellten stellt stellen kam"
    " entschied urteilte"
    " antwortete antworteten antwortet antworten beklagt beklagte beklagen klagen klagte klagt bemängeln"
    " bemängelte kritisiert kritisierte kritisieren"
    " erinnert erinnern erinnerte fragt fragte versprach deutete deuteten geht"
    " gehen ging ließ so hieß heißt"
    " fordert forderte lobte mahnte mahnt unterstrich ergänzte bekräftigte verkündete glaubt"
    " glauben resümierte"
    " mitteilte mitteilten mitteilt bekanntgab ankündigte einräumte hinzufügte"
    " gelobte gelobt gelobten schwor schwört schworen rief riefen ruft schrie"
    " klagten beklagten bilanzierte bilanziert vermutet vermuten vermutete"
    " vermuteten mutmaßt mutmaßte konstatiert konstatierte"
    " konstatieren monierte moniert monieren rügte rügt bedauerte bedauert bedauern prophezeit"
    " prophezeite verwies"
    " verweist verweisen verwiesen hob hebt hoben heben unterstreicht unterstreichen gesteht gestand"
    " beschrieb"
    " beschreibt informierte informiert informierten legte legt sicherte sichert sagten folgert folgerte"
    " schlussfolgert schlussfolgerte enthüllte twitterte seufzt seufzte schimpft schimpfte schwärmt"
    " droht drohte"
    " drohten verspricht versprachen versprechen findet finden meinten nimmt nehmen nahm nahmen"
    " schloss schließt"
    " schließen bezeichnet bezeichnete bezeichneten bezeichnen macht machte machen machten führt"
    " führte führen"
    " führten wertet wertete werten werteten stuft stufte stufen stuften verurteilte verurteilten lobten"
    " kritisierten verdächtigt vermeldete vermeldet kommentierte kommentiert erinnerten ergänzt"
    " argumentierten"
    " mahnen forderten fordern unterstrichen bekräftigt hält halten"
    " fürchten fürchtet spricht sprach sprechen sprachen",
    claims="behauptete behaupteten behauptet behaupten beteuerte beteuert versicherte"
    " versichert versicherten"
    " beharrt warf werfen wirft",
    denies="bestritt bestritten bestreitet bestreiten dementierte dementierten dementiert"
    " leugnet leugnete"
    " leugnen streitet stritt stritten streiten",
    estimates="schätzt schätzte schätzen schätzten rechnet rechnen rechnete erwartet erwarten erwartete"
    " befürchtet"
    " befürchten befürchtete erwarteten rechneten veranschlagt veranschlagte prognostizierte"
    " befürchten befürchtete beziffert beziffern bezifferten bezifferte prognostiziert prognostizieren",
    documents="zeigt zeigen zeigte zeigten ergab ergaben ergibt belegt belegen belegte dokumentierte",
)
_NOUNS: Final = kinds(
    official="ministerium ministerin minister regierung polizei feuerwehr armee militär"
    " behörde behörden amt"
    " bürgermeister bürgermeisterin sprecher sprecherin präsident präsidentin kanzler"
    " kanzlerin gericht richter"
    " richterin staatsanwaltschaft kommission gouverneur gouverneurs rat botschaft"
    " landrat kommandeur general"
    " abgeordnete abgeordneter abgeordneten fraktion staatssekretär staatssekretärin premier kabinett"
    " parlament"
    " inspektor inspektoren rechnungshof prüfer soldaten offizier oberst hauptmann"
    " admiral stadtrat kreisrat"
    " stadtverwaltung verwaltung zoll grenzschutz unterhändler vermittler gesandte gesandter baurat"
    " stadtbaurat"
    " dezernent dezernentin ortsvorsteher kommissar kommissarin verteidiger verteidigerin jugendamt"
    " un uno nato eu"
    " küstenwache aufsicht ermittler ermittlern amts büro ausschuss senat anklage"
    " diplomat beamte beamten"
    " behördenvertreter zentralbank pflegedienst bundeswehr polizeisprecherin landratsamt"
    " statistikamt regierungskreisen",
    party="rebellen miliz opposition aufständische aufständischen separatisten kämpfer regierungsnaher",
    agency="nachrichtenagentur agentur",
    medium="kurier bote anzeiger zeitung fernsehen sender rundfunk magazin bote morgenbote abendpost"
    " medien kanal blatt"
    " radio portal",
    witness="augenzeugen augenzeuge zeuge zeugin zeugen bewohner anwohner anwohnern nachbarn nachbar"
    " überlebende"
    " fahrgast bewohnern nachbarin",
    document="akten bericht studie umfrage gutachten protokollen protokolle vermerk dokumente dokumenten"
    " untersuchung"
    " satellitenbilder unterlagen erhebung mitteilung urteil papier",
    expert="experten experte expertin ökonomen ökonom forscher forscherin professor professorin ärzte"
    " arzt ärztin"
    " historiker historikers meteorologen wissenschaftler institut institut instituts"
    " virologin analysten fachleute"
    " universität hochschule physiker biologe biologin biologen psychologe psychologin geologe"
    " geologin geologen"
    " archäologe archäologin archäologen seismologen wetterdienst demoskopen gutachter gutachterin"
    " chirurg kardiologin",
    unnamed="quellen quelle insider kreisen insidern",
    other="ausbilder ausbilderin retter rechtler unternehmen firma konzern gewerkschaft verein vereine"
    " klub bank chef chefin leiter"
    " leiterin direktorin"
    " direktor vorsitzende vorsitzender vorsitzenden aktivisten kritiker anwalt anwälte"
    " anwältin trainer stürmer"
    " lehrer lehrerin personal betreiber fluggesellschaft museum pfarrer bischof partei"
    " kandidat mieter klinik"
    " verband verbandes hilfswerk hilfswerks hilfe mond kammer landwirte händler seiten"
    " personen rettungskräfte"
    " betreibers veranstalter angehörige eltern bauträger eigentümer stadtwerke"
    " stadtwerken handelskammer"
    " wahlkommission oberärztin pflegerinnen team vorstand gruppe beobachter umweltschützer"
    " pilotenverband gilde zunft arbeiter mitarbeiter mitarbeiterin beschäftigte beschäftigten"
    " angestellte betriebsrat"
    " patienten patient opfer hinterbliebene bruder schwester ehemann ehefrau witwe sohn tochter"
    " freunde kollegen"
    " kollegin kollege helfer freiwillige demonstranten kunden besucher fischer bauer bauern bäuerin"
    " bäcker winzer"
    " wirt wirtin hersteller händlerin versicherer versicherung werft reeder reederei hafen flughafen"
    " bahn schule"
    " schulleiter schulleiterin rektor rektorin intendant intendantin kurator kuratorin geschäftsführer"
    " geschäftsführerin manager managerin inhaber inhaberin bauunternehmer architekt architektin"
    " veranstalterin"
    " genossenschaft innung stiftung zoo theater kirche gemeinde pilot pilotin kapitän fahrer"
    " fahrerin spielerin"
    " spieler präses abt imam rabbiner investoren anleger tierschützer naturschützer bürgerinitiative"
    " initiative"
    " gewerkschafter schützer gegner stadträtin konzernchef mutter vater familie",
)
_KONJUNKTIV: Final = words(
    "sei seien habe hätte hätten werde würde würden wäre wären könne könnte könnten müsse"
    " müsste solle sollten wolle"
    " dürfe gebe komme kämen stehe liege gehe reise führen führe bleibe lasse brauche sehe"
    " wisse fehle drohe bestehe"
    " laufe finde gelte falle nehme steige sinke wachse wirke sorge spreche handle handele"
    " plane arbeite leide lebe"
    " reiche dauere diene erhalte kenne koste mache schaffe stimme trage treffe trete verliere"
    " verfüge warte ziehe zeige"
    " bekomme entstehe beginne ende fordere unterstütze lehne geschehe gehöre betrage"
)

GERMAN: Final = Grammar(
    code="de",
    verbs=_VERBS,
    nouns=_NOUNS,
    participles=manners(
        says="gesagt erklärt mitgeteilt bestätigt angekündigt betont eingeräumt gewarnt"
        " berichtet gemeldet"
        " geschrieben bekanntgegeben",
        claims="behauptet beteuert versichert",
        denies="zurückgewiesen bestritten dementiert",
        documents="ergeben gezeigt belegt",
    ),
    phrases=(
        ("nach", "ersten", "erkenntnissen"),
        ("nach", "eigenen", "angaben"),
        ("nach", "angaben"),
        ("nach", "einschätzung"),
        ("nach", "ansicht"),
        ("nach", "darstellung"),
        ("nach", "auskunft"),
        ("nach", "meinung"),
        ("nach", "worten"),
        ("nach", "aussage"),
        ("nach", "aussagen"),
        ("nach", "informationen"),
        ("nach", "überzeugung"),
        ("nach", "auffassung"),
        ("nach", "berechnungen"),
        ("nach", "berechnung"),
        ("nach", "schätzungen"),
        ("nach", "schätzung"),
        ("nach", "erkenntnissen"),
        ("nach", "schilderung"),
        ("nach", "schilderungen"),
        ("nach", "lesart"),
        ("nach", "recherchen"),
        ("nach", "zahlen"),
        ("nach", "daten"),
        ("nach", "einem", "bericht"),
        ("nach", "berichten"),
        ("nach", "einer", "mitteilung"),
        ("aus", "sicht"),
        ("glaubt", "man"),
        ("laut",),
    ),
    after=words("zufolge"),
    likewise=words("wie"),
    that=words("dass daß wonach"),
    blocks=words(
        "nicht nie niemand kein keine wenn ob würde könnte wollte will soll sollte"
        " kann darf muss wer was"
        " um falls wurde wurden wird worden weder"
    ),
    pronouns=words("er sie es wir ich man ihr ihm ihnen ihr"),
    nobody=words("es das dies was wer niemand man nichts hier da jeder"),
    lead=words("und aber doch auch denn jedoch dagegen während obwohl wohingegen"),
    adverbs=words("auch zuerst zunächst zuvor später bereits erneut außerdem zudem dagegen hingegen"),
    finite=_KONJUNKTIV,
    relatives=words("der die das den dem welche welcher"),
    determiners=words(
        "der die das den dem des ein eine einer einem einen eines und im in am vom von zum zur für mit"
        " aus bei beim an auf zu über dieser diese dieses ihrer seiner seines ihres seine ihre zwei"
        " drei mehrere einige rund etwa nach"
    ),
    stops=words("kurz ohne unter am als nachdem während obwohl vor übereinstimmend auf gegenüber laut weil"),
    figure_verbs=words(
        "spricht sprachen sprechen sprach beziffert beziffern bezifferte schätzt schätzen schätzte"
    ),
    figure_words=words("auf von"),
    frames=frames(
        {
            "bezeichnet bezeichnete bezeichneten bezeichnen wertet wertete werten werteten"
            " verurteilte verurteilten"
            " kritisierte kritisierten lobte lobten beschrieb beschreibt": "als",
            "macht machte machen machten": "für verantwortlich",
            "führt führte führen führten": "auf zurück",
            "wies wiesen weist weisen": "vorwurf/vorwürfe/verantwortung/kritik/anschuldigung/darstellung"
            "/anschuldigungen/behauptung/behauptungen/verdacht/schuld/berichte zurück",
            "bestritt bestritten bestreitet bestreiten dementierte dementierten"
            " dementiert": "vorwurf/vorwürfe/tat"
            "/anschuldigungen/beteiligung/verantwortung/berichte/bericht/schuld",
            "stuft stufte stufen stuften": "als ein",
        }
    ),
    capitals=False,
    compounds=True,
)

# A verb of two parts means a statement only with the other one.
PARTICLES: Final = {
    **dict.fromkeys(words("teilte teilten teilt teilen"), words("mit")),
    **dict.fromkeys(words("gab gaben gibt"), words("bekannt zu an")),
    **dict.fromkeys(words("kündigte kündigten kündigt"), words("an")),
    **dict.fromkeys(words("räumte räumten räumt"), words("ein")),
    **dict.fromkeys(words("fügte"), words("hinzu")),
    **dict.fromkeys(words("wies wiesen weist weisen"), words("hin zurück")),
    **dict.fromkeys(words("stellte stellten stellt stellen"), words("fest klar")),
    **dict.fromkeys(words("kam kommt kommen kamen"), words("schluss ergebnis")),
    **dict.fromkeys(words("geht gehen ging"), words("davon")),
    **dict.fromkeys(words("rechnet rechnen rechnete"), words("damit")),
    **dict.fromkeys(words("deutete deuteten"), words("an")),
    **dict.fromkeys(words("hob hebt hoben heben"), words("hervor")),
    **dict.fromkeys(words("legte legt"), words("dar")),
    **dict.fromkeys(words("führt führte führen führten"), words("aus")),
    **dict.fromkeys(words("sicherte sichert"), words("zu")),
    **dict.fromkeys(words("verwies verweist verweisen verwiesen"), words("darauf")),
    **dict.fromkeys(words("nimmt nehmen nahm nahmen"), words("an")),
    **dict.fromkeys(words("schloss schließt schließen stritt streitet stritten"), words("aus ab")),
    **dict.fromkeys(words("hält halten"), words("fest")),
    **dict.fromkeys(words("macht machte machen machten"), words("geltend klar deutlich")),
    **dict.fromkeys(words("stuft stufte stufen stuften wertet wertete werten werteten"), words("-")),
    **dict.fromkeys(words("ließ"), words("mitteilen wissen")),
    **dict.fromkeys(words("warf werfen wirft"), words("vor")),
}
# With these the sentence begins with a clause, and the verb follows its comma.
SUBORDINATING: Final = words("nachdem als weil da während obwohl bevor seit seitdem sobald wohingegen wenn")
# What may stand first, so that the subject follows the verb.
OPENERS: Final = words(
    "dem vom einem am im in nach zuvor später auch dabei bereits außerdem zudem gestern"
    " heute daraufhin jedoch vor bei seit"
    " auf nachdem als trotz mit angesichts für gegenüber unter"
    " inzwischen mittlerweile schließlich ferner weiterhin wenig kurz dort zum beim"
    " wegen dann danach vorher"
    " gleichzeitig unterdessen zugleich anschließend dazu"
)
