"""French."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar, kinds, manners, words

_VERBS: Final = manners(
    says="dit disent disait parle parlent déclare déclarent explique expliquent indique indiquent précise"
    " précisent ajoute ajoutent"
    " annonce annoncent confirme confirment rappelle rappellent souligne soulignent raconte"
    " racontent rapporte"
    " rapportent témoigne témoignent reconnaît reconnaissent admet admettent avertit prévient"
    " préviennent estime"
    " note notent relève relèvent signale signalent pense pensent croit croient déplore déplorent regrette"
    " regrettent conclut concluent révèle écrit craint craignent demande souvient lâche confie"
    " assure assurent"
    " résume insiste répond répondent juge jugent considère considèrent évoque dénonce"
    " dénoncent martèle glisse"
    " observe détaille fait avoue soupire redoute promet",
    claims="affirme affirment prétend prétendent soutient soutiennent maintient maintiennent accuse"
    " accusent allègue",
    denies="nie nient dément démentent conteste contestent réfute réfutent",
    estimates="estiment évalue évaluent prévoit prévoient chiffre chiffrent prédit table tablent",
    documents="montre montrent révèlent démontre démontrent",
)
_PARTICIPLES: Final = manners(
    says="dit déclaré expliqué indiqué précisé ajouté annoncé confirmé rappelé souligné raconté"
    " rapporté témoigné"
    " reconnu admis averti prévenu noté relevé signalé pensé déploré regretté conclu révélé"
    " écrit craint demandé"
    " lâché confié assuré résumé insisté répondu jugé évoqué dénoncé estimé fait laissé promis"
    " indigné affirmé"
    " lancé observé détaillé avoué plaidé martelé réagi commenté tweeté",
    claims="prétendu soutenu maintenu accusé allégué",
    denies="nié démenti contesté réfuté",
    estimates="évalué prévu chiffré",
    documents="montré démontré établi",
)
_NOUNS: Final = kinds(
    official="ministère ministre gouvernement police armée préfecture préfet gouverneur maire mairie"
    " porte-parole"
    " autorités président présidente parquet procureur juge tribunal commission responsables"
    " trésor enquêteurs"
    " ambassade garde-côtes gendarmerie cour pompiers général commandant secrétaire député"
    " régulateur médiatrice"
    " administration office enquête kremlin élysée chancelière",
    party="rebelles milice opposition insurgés séparatistes combattants progouvernementales",
    agency="agence",
    medium="journal quotidien télévision radio chaîne tribune héraut magazine hebdomadaire presse"
    " médias média site",
    witness="témoin témoins habitants habitant voisin voisins riverains riverain passager passagers"
    " survivants",
    document="rapport étude enquête sondage note procès-verbaux document documents acte communiqué"
    " images données"
    " chiffres audit",
    expert="économiste économistes expert experts chercheur chercheurs professeur médecin médecins historien"
    " météorologues scientifiques institut université virologue analystes spécialistes"
    " ingénieurs volcanologues",
    unnamed="source sources proches",
    other="instructeur secouristes pompiers entreprise société groupe syndicat syndicats club clubs"
    " banque directeur directrice chef"
    " cheffe patron"
    " propriétaire militants avocat avocate avocats entraîneur attaquant exploitant compagnie"
    " musée curé évêque"
    " parti candidat locataires clinique ong association organisateurs fédération personnel"
    " sauveteurs infirmières"
    " camps famille parents chambre promoteur accusé conseil organisation personnes éléments"
    " régie commerçant critique",
)

FRENCH: Final = Grammar(
    code="fr",
    verbs=_VERBS,
    participles=_PARTICIPLES,
    nouns=_NOUNS,
    auxiliaries=words("a ont avait avaient est s' l' ai aurait eu été"),
    phrases=(
        ("selon", "les", "chiffres", "de"),
        ("aux", "dires", "de"),
        ("de", "l'", "avis", "de"),
        ("aux", "yeux", "de"),
        ("d'", "après"),
        ("à", "en", "croire"),
        ("selon",),
    ),
    likewise=words("comme"),
    that=words("que qu'"),
    not_that=words(
        "ce plus moins autant parce pour dès alors tandis aussi ainsi lorsque afin avant sans jusqu'à"
        " bien même"
    ),
    blocks=words("ne n' pas jamais si qui on s'il je nul ni pourrait devrait peut doit faut"),
    pronouns=words("il elle ils elles lui eux on je nous vous moi toi"),
    nobody=words("ce cela ça c' qui on rien il"),
    lead=words("et mais or puis ainsi enfin car alors pourtant"),
    adverbs=words(
        "également aussi ensuite déjà encore notamment toujours lundi mardi mercredi jeudi vendredi samedi"
        " dimanche"
    ),
    infinitives=words("avoir être ne n' toute tout"),
    relatives=words("qui que dont où"),
    determiners=words(
        "le la les l' un une des du de d' ce cette ces son sa ses leur leurs notre nos au aux en dans"
        " et à par plusieurs deux trois"
    ),
    stops=words(
        "peu citant lundi mardi mercredi jeudi vendredi samedi dimanche sans alors tandis après avant lors"
        " hier dans à"
        " sur mais devant"
    ),
    figure_verbs=words("parle parlent évalue évaluent chiffre chiffrent estime estiment estimaient"),
    figure_words=words("à de"),
)
