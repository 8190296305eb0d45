"""English."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar, frames, kinds, manners, words

_VERBS: Final = manners(
    says="said says say told tells tell reported reports report confirmed confirms confirm added"
    " adds add announced"
    " announces announce warned warns warn explained explains explain noted notes note"
    " stressed stresses stress"
    " acknowledged acknowledges acknowledge admitted admits admit conceded concedes argued"
    " argues argue replied"
    " replies responded recalled recalls recall wrote writes stated states declared declares"
    " testified testifies"
    " revealed reveals reveal believe believes suggested suggests suggest indicated indicates"
    " indicate predicted"
    " predict predicts pointed points concluded concludes conclude ruled rules"
    " remarked complained complains"
    " complain vowed vows cautioned cautions emphasised emphasized observed described hinted"
    " disclosed asked asks"
    " agreed agrees fear fears feared quipped joked urged learned commented recounted lamented"
    " promised pledged"
    " tweeted posted briefed reiterated repeated affirmed continued concurred estimated called"
    " shouted shouts cried yelled screamed whispered thinks thought advised blamed"
    " blames counters countered reasoned specified specifies attested recounts"
    " remembers remembered remember mused wrote clarified clarifies reaffirmed underlined underlines"
    " underscored"
    " highlighted reassured assured informed notified swore swears protested"
    " retorted guaranteed speculated"
    " surmised theorised theorized worries worried recommended recommends condemned hailed dismissed"
    " portrayed"
    " branded criticised criticized praised suspect suspects suspected decided foresees foresee",
    claims="claimed claims claim alleged alleges allege asserted asserts assert"
    " maintained maintains maintain"
    " insisted insists insist contended contends contend boasted boasts accused accuses accuse charged",
    denies="denied denies deny rejected rejects disputed disputes refuted refutes",
    estimates="estimate estimates expect expects expected forecast forecasts reckon reckons reckoned"
    " projected"
    " projects calculated calculates put puts anticipates anticipate anticipated",
    documents="found finds find shows show showed documented documents demonstrates",
)
_NOUNS: Final = kinds(
    official="ministry minister ministers secretary government governor mayor police army navy military"
    " official"
    " officials spokesman spokeswoman spokesperson spokespeople authorities authority"
    " president chancellor council"
    " councillor commission commissioner court judge prosecutor prosecutors treasury regulator"
    " ombudsman embassy"
    " lawmaker lawmakers legislator mp mps deputy deputies premier congress cabinet inspector"
    " inspectors auditor"
    " auditors watchdog ranger rangers firefighters firefighter officer officers soldier soldiers"
    " captain colonel"
    " major lieutenant admiral coroner envoy envoys negotiator negotiators mediators delegates"
    " ministry's un nato"
    " ambassador department service commander general troops parliament senator senate"
    " administration investigators"
    " detective detectives inquiry sheriff guard coastguard diplomat diplomats pentagon fire",
    party="rebels rebel militia militants insurgents insurgent guerrillas separatists fighters hamas"
    " hezbollah isis"
    " opposition pro-government pro-opposition faction taliban",
    agency="agency",
    medium="newspaper paper magazine broadcaster television radio channel tribune herald times"
    " gazette daily media"
    " outlet website press tv",
    witness="witness witnesses eyewitness eyewitnesses resident residents villager villagers neighbour"
    " neighbours"
    " neighbor neighbors passenger passengers survivor survivors locals bystanders",
    document="report reports study survey research audit memo minutes documents document indictment"
    " letter images"
    " statement records filing data poll review census accounts figures paper email emails"
    " bulletin dossier ruling verdict complaint lawsuit affidavit log logbook ledger census"
    " assessment analysis"
    " transcript filings findings footage",
    expert="economist economists analyst analysts scientist scientists professor researcher"
    " researchers expert"
    " experts doctor doctors historian engineers engineer institute meteorologists university"
    " geologist geologists"
    " physicist biologist biologists chemist ecologist ecologists psychologist psychologists pollster"
    " pollsters"
    " seismologist seismologists hydrologist forecaster forecasters think-tank"
    " physician physicians vet vets"
    " paediatrician botanist archaeologist archaeologists epidemiologist statistician lawyer",
    unnamed="source sources insider insiders unnamed anonymous familiar",
    other="instructor skipper company firm group union club bank chief director head chairman chairwoman"
    " chair executive owner"
    " activists activist campaigners critics critic supporters lawyers attorney"
    " coach trainer captain striker"
    " manager player players farmers farmer teachers teacher nurses nurse staff family"
    " families relatives mother"
    " father son daughter operator airline museum utility priest bishop party leader candidate"
    " leaders organisers"
    " organizers workers worker rescuers tenants landlords hospital clinic office centre center charity"
    " organisation organization federation association foundation team board committee"
    " prosecution defence agent"
    " guild manager managers employees employee supervisor trustee trustees superintendent principal"
    " headteacher dean"
    " rector curator registrar surgeon surgeons parent parents patient patients victim victims widow"
    " brother sister"
    " husband wife uncle aunt cousin friend friends colleague colleagues volunteer volunteers"
    " protesters protester"
    " demonstrators commuters customers customer visitors developer developers builders contractor"
    " manufacturer maker"
    " retailer supermarket publisher lender insurer insurers investors brokers broker port airport"
    " railway school"
    " college farm brewery theatre zoo start-up startup carmaker shipyard foreman organiser organizer"
    " curators"
    " conductor pilot pilots skippers fisherman fishermen fishers hauliers referee"
    " promoter spokesmen carers"
    " medics aides aide member members veteran student students pupils people men women man"
    " woman driver drivers"
    " shopkeeper traders analysis information estimates sides reviewer opponents both many some",
)

ENGLISH: Final = Grammar(
    code="en",
    verbs=_VERBS,
    nouns=_NOUNS,
    strong=words(
        "fear fears feared acknowledged acknowledges conceded concedes alleges alleged argue argues"
        " stressed stated"
        " states reveals revealed maintains maintained testified said says say told claim claims"
        " claimed believe believes added insisted warned confirmed reported denied admitted"
        " suggested suggests explained predicted noted announced argued show shows showed found"
        " reckon reckons reckoned finds adds warns confirms insists explains"
        " predicts notes announces argues estimates"
        " estimate thought"
        " concluded concludes conclude thinks suspects suspect swore testifies recalled recalls"
        " confirm insist admit"
        " remembers denies alleges stresses suggest predict maintain"
    ),
    auxiliaries=words("has have had"),
    phrases=(
        ("according", "to", "figures", "released", "by"),
        ("in", "the", "words", "of"),
        ("in", "the", "view", "of"),
        ("in", "the", "opinion", "of"),
        ("according", "to"),
        ("as", "reported", "by"),
        ("as", "stated", "by"),
    ),
    likewise=words("as"),
    that=words("that"),
    not_that=words("so such than now provided given"),
    blocks=words(
        "not never n't didn't don't doesn't would could will should may might can"
        " cannot must to if whether"
        " unless was were is are be been being who which what how when nobody nor neither won't has-been"
        " why did do does let's"
    ),
    pronouns=words("he she they we i you it one"),
    nobody=words("there this that these those what who which nobody it here everything nothing so"),
    lead=words(
        "and but while however meanwhile yet so also then later still though although because since"
        " moreover earlier yesterday today meanwhile thus despite instead"
    ),
    adverbs=words(
        "long also later previously now repeatedly then reportedly earlier again"
        " recently often even still"
        " both lately just today yesterday"
    ),
    finite=words(
        "was were is are had has have would could will should may might must did does do can been began"
        " went came fell rose left won lost took made gave got knew saw heard held became broke ran felt"
        " kept met paid said cost need needs remain remains wasn't weren't isn't aren't won't didn't"
    ),
    infinitives=words("having"),
    relatives=words("who which whose that whom"),
    determiners=words(
        "the a an this that these those its his her their our my your some many several two three"
        " four five no any all both one each every he she it they we i you there"
    ),
    stops=words(
        "though on during after before while when without although adding as because where but who"
        " monday tuesday"
        " wednesday thursday friday saturday sunday earlier late shortly overnight citing told despite"
    ),
    figure_verbs=words("put puts estimated estimates estimate placed places"),
    figure_words=words("at between"),
    frames=frames(
        {
            "blamed blames": "for/on",
            "denied denies deny rejected rejects reject": "accusation/accusations/allegation/allegations/charges/claim"
            "/claims/wrongdoing/responsibility/involvement/rumours/suggestions/suggestion",
            "expect expects": "to",
            "described describes condemned hailed dismissed portrayed criticised criticized praised": "as",
            "called branded": "a/an",
        }
    ),
)
