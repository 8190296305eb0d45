"""French."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar, frames, kinds, manners, words

# Verbs in -er with all their forms: present, imperfect, past; the participle stands in the other list.
_SAYING: Final = (
    "argument alert soupir répliqu rétorqu riposté jur certifi mentionn nuanc protest constat"
    " remarqu suggèr"
    " inquièt alarm indign insurg félicit déclar expliqu indiqu soulign rappell affirm assur ajout"
    " signal confirm"
    " estim racont rapport précis annonc lanc commen martel plaid résum ironis pest tonn argu déplor"
    " regrett observ"
    " détaill prévien révèl admett pens not"
)


def _er(stems: str) -> str:
    return " ".join(stem + end for stem in stems.split() for end in ("e", "ent", "ait", "aient"))


_VERBS: Final = manners(
    says="dit disent disait parle parlent déclare déclarent explique expliquent indique"
    " indiquent précise"
    " précisent ajoute ajoutent"
    " annonce annoncent confirme confirment rappelle rappellent souligne soulignent raconte"
    " racontent rapporte"
    " rapportent témoigne témoignent reconnaît reconnaissent admet admettent avertit prévient"
    " préviennent estime"
    " note notent relève relèvent signale signalent pense pensent croit croient"
    " déplore déplorent regrette"
    " regrettent conclut concluent révèle écrit craint craignent demande souvient lâche confie"
    " assure assurent"
    " résume insiste répond répondent juge jugent considère considèrent évoque dénonce"
    " dénoncent martèle glisse"
    " observe détaille fait avoue soupire redoute promet promettent poursuit poursuivent garantit"
    " garantissent"
    " renchérit défend défendent réjouit réjouissent concède concèdent disaient"
    " expliquait répondait qualifie"
    " qualifient crie crient criait criaient prédisent plaint plaignent attribue"
    " attribuent impute imputent soupçonne soupçonnent voit voient redoutent"
    " avouent" + _er(_SAYING),
    claims="affirme affirment prétend prétendent soutient soutiennent maintient maintiennent accuse"
    " accusent allègue",
    denies="nie nient rejette rejettent dément démentent conteste contestent réfute réfutent",
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
    " argumenté alerté soupiré répliqué rétorqué juré garanti certifié mentionné nuancé concédé"
    " protesté constaté"
    " remarqué supposé suggéré inquiété alarmé insurgé félicité poursuivi renchéri qualifié attribué"
    " imputé affirmé"
    " plaint plainte plaints crié rejeté informé rétabli défendu ironisé argué"
    " soupçonné invoqué souhaité fustigé redouté prédit"
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
    " députée sénateur sénatrice parlement premier-ministre inspecteur inspecteurs inspection douanes"
    " douane soldats"
    " officier officiers colonel capitaine amiral négociateur négociateurs émissaire diplomate"
    " diplomates élu élue"
    " élus adjoint adjointe procureure magistrat magistrats policiers pompier sapeurs-pompiers onu"
    " otan bruxelles"
    " cabinet conseiller conseillère vice-gouverneure gouverneure chancelier gouvernementale"
    " policière judiciaire"
    " administration office enquête kremlin élysée chancelière",
    party="rebelles milice opposition insurgés séparatistes combattants progouvernementales",
    agency="agence",
    medium="journal quotidien télévision radio chaîne tribune héraut magazine hebdomadaire presse"
    " médias média site",
    witness="témoin témoins habitants habitant voisin voisins riverains riverain passager passagers"
    " survivants",
    document="rapport étude enquête sondage note procès-verbaux document documents acte communiqué"
    " images données"
    " chiffres audit investigations éléments conclusions analyse analyses bilan recensement arrêt"
    " jugement bulletin",
    expert="économiste économistes expert experts chercheur chercheurs professeur médecin"
    " médecins historien"
    " météorologues scientifiques institut université virologue analystes spécialistes"
    " ingénieurs volcanologues biologiste biologistes psychologue géologue"
    " géologues archéologue archéologues"
    " sismologues démographe sondeur chirurgien chirurgienne pédiatre vétérinaire politologue"
    " sociologue climatologue",
    unnamed="source sources proches",
    other="instructeur secouristes pompiers entreprise société groupe syndicat syndicats club clubs"
    " banque directeur directrice chef"
    " cheffe patron"
    " propriétaire militants avocat avocate avocats entraîneur attaquant exploitant compagnie"
    " musée curé évêque"
    " parti candidat locataires clinique ong association organisateurs fédération personnel"
    " sauveteurs infirmières"
    " guilde employés employé salariés salarié ouvriers gérant gérante patronne patrons direction"
    " proviseur rectrice"
    " principal enseignants enseignante professeurs élèves étudiants patients patient victimes"
    " victime veuve frère"
    " soeur sœur mari épouse fils fille amis ami collègues collègue bénévoles bénévole manifestants"
    " clients cliente"
    " visiteurs pêcheurs pêcheur agriculteurs agricultrice éleveurs boulanger restaurateur fabricant"
    " constructeur"
    " assureur assureurs investisseurs port aéroport école collège théâtre zoo chantier contremaître"
    " pilote pilotes"
    " commerçants commerçante riveraine conservateur conservatrice défenseurs défense partie"
    " fondation fondatrice"
    " camps famille parents chambre promoteur accusé conseil organisation personnes éléments"
    " régie commerçant critique",
)

FRENCH: Final = Grammar(
    code="fr",
    verbs=_VERBS,
    participles=_PARTICIPLES,
    nouns=_NOUNS,
    auxiliaries=words("se a ont avait avaient est s' l' ai aurait eu été"),
    phrases=(
        ("selon", "les", "chiffres", "de"),
        ("aux", "dires", "de"),
        ("de", "l'", "avis", "de"),
        ("aux", "yeux", "de"),
        ("d'", "après"),
        ("à", "en", "croire"),
        ("a", "en", "croire"),
        ("aux", "dires", "du"),
        ("de", "l'", "aveu", "de"),
        ("de", "l'", "aveu", "du"),
        ("de", "l'", "avis", "du"),
        ("aux", "yeux", "du"),
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
        "également aussi ensuite déjà encore notamment toujours lundi mardi"
        " mercredi jeudi vendredi samedi"
        " dimanche"
    ),
    infinitives=words("avoir être ne n' toute tout"),
    relatives=words("qui que dont où"),
    determiners=words(
        "le la les l' un une des du de d' ce cette ces son sa ses leur leurs notre nos au aux en dans"
        " et à par plusieurs deux trois"
    ),
    stops=words(
        "peu citant lundi mardi mercredi jeudi vendredi samedi dimanche sans alors"
        " tandis après avant lors"
        " hier dans à"
        " sur mais devant"
    ),
    figure_verbs=words("parle parlent évalue évaluent chiffre chiffrent estime estiment estimaient"),
    figure_words=words("à de"),
    frames=frames(
        {
            "qualifié qualifie qualifient": "de/d'",
            "nié nie nient démenti dément démentent rejeté rejette rejettent"
            " réfuté réfute": "accusation/accusations/allégations/responsabilité/implication/rumeurs",
            "imputé impute imputent": "à/au/aux",
        }
    ),
)
