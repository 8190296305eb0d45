"""Spanish."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar, kinds, manners, words

_VERBS: Final = manners(
    says="adelantó adelantaron dijo dijeron dice dicen declaró declararon declara explicó explicaron"
    " explica explican"
    " indicó indicaron"
    " indica indican señaló señalaron señala señalan añadió añadieron añade añaden agregó"
    " agregaron agrega anunció"
    " anunciaron anuncia confirmó confirmaron confirma confirman recordó recordaron recuerda"
    " recuerdan subrayó"
    " subrayaron subraya contó contaron cuenta cuentan relató relataron relata informó"
    " informaron informa informan"
    " advirtió advirtieron advierte advierten reconoció reconocieron reconoce reconocen"
    " admitió admitieron admite"
    " precisó precisaron precisa comentó comentaron comenta apuntó apuntaron apunta apuntan"
    " respondió respondieron"
    " escribió escribieron publicó publicaron concluyó concluyeron concluye constató lamentó"
    " lamentaron lamenta"
    " reveló revelaron revela cree creen testificó dictaminó comunicó confesó teme temen"
    " prometió pregunta preguntó"
    " considera consideran destacó destacaron destaca manifestó manifestaron expresó expuso"
    " detalló detallaron"
    " hizo aconseja aconsejó opina opinan sentenció aclaró matizó resumió reiteró insiste habla hablan"
    " hablaron avisó",
    claims="aseguró aseguraron asegura aseguran afirmó afirmaron afirma afirman sostuvo sostuvieron sostiene"
    " sostienen alegó alegaron alega alegan insistió insistieron denunció denunciaron denuncia"
    " denuncian acusó"
    " acusaron acusa acusan mantiene mantienen",
    denies="negó negaron niega niegan desmintió desmintieron desmiente rechazó rechazan",
    estimates="estima estiman estimó estimaron calcula calculan calculó calcularon prevé prevén pronostica"
    " pronostican cifró cifra cifran elevaron elevó vaticina",
    documents="muestra muestran mostró mostraron demuestra demuestran demostró",
)
_PARTICIPLES: Final = manners(
    says="dicho declarado explicado indicado señalado añadido agregado anunciado confirmado"
    " recordado subrayado"
    " contado relatado informado advertido reconocido admitido precisado comentado apuntado"
    " respondido escrito"
    " publicado concluido lamentado revelado destacado manifestado detallado reiterado",
    claims="asegurado afirmado sostenido alegado insistido denunciado acusado",
    denies="negado desmentido",
    estimates="estimado calculado cifrado previsto",
    documents="mostrado demostrado",
)
_NOUNS: Final = kinds(
    official="ministerio ministro ministra gobierno policía ejército alcalde alcaldesa ayuntamiento"
    " gobernador"
    " portavoz portavoces autoridades presidente presidenta fiscalía fiscal juez jueza"
    " tribunal comisión funcionarios"
    " funcionario guardia bomberos embajada secretario diputado regulador prefectura junta investigadores"
    " investigación mando administración defensora general diputada jefe",
    party="rebeldes milicia oposición insurgentes separatistas combatientes opositoras"
    " progubernamentales guerrilla",
    agency="agencia",
    medium="diario periódico televisión radio cadena tribuna heraldo correo canal prensa medios"
    " revista web portal",
    witness="testigo testigos vecino vecinos vecina habitantes habitante residentes pasajero pasajeros"
    " lugareños",
    document="informe estudio encuesta nota actas documento documentos auditoría acta comunicado"
    " imágenes datos"
    " sondeo acusación pesquisas sumario",
    expert="economista economistas experto expertos investigadores profesor profesora médico médicos"
    " historiador"
    " meteorólogos científicos científico instituto universidad viróloga analistas especialistas ingenieros"
    " vulcanólogos cardiólogo auditora",
    unnamed="fuente fuentes cercanas",
    other="instructor rescatistas equipos empresa compañía grupo sindicato sindicatos club clubes banco"
    " director directora líder"
    " dueño propietario"
    " activistas abogado abogada abogados entrenador delantero portero operador aerolínea"
    " museo párroco obispo"
    " partido candidato inquilinos clínica ong asociación organizadores federación personal"
    " rescatistas enfermeras"
    " partes familia padres cámara promotor consejo organización personas agricultor consejero"
    " minero tendero crítico entorno organizadores",
)

SPANISH: Final = Grammar(
    code="es",
    verbs=_VERBS,
    participles=_PARTICIPLES,
    nouns=_NOUNS,
    auxiliaries=words("ha han había habían he"),
    phrases=(
        ("según", "datos", "de"),
        ("de", "acuerdo", "con"),
        ("en", "palabras", "de"),
        ("en", "opinión", "de"),
        ("a", "juicio", "de"),
        ("según",),
    ),
    likewise=words("como tal"),
    that=words("que"),
    not_that=words("lo más menos para mientras hasta antes ya así tal sino porque el la los las"),
    blocks=words("no nunca si quien quién se ni podría puede debe yo nadie nada le"),
    pronouns=words("él ella ellos ellas yo nosotros usted ustedes"),
    nobody=words("esto eso ello que quien nadie nada lo"),
    lead=words("y pero pues así además luego entonces también mientras aunque"),
    adverbs=words("también además después ya aún todavía ayer hoy"),
    infinitives=words("haber ser estar cualquier"),
    relatives=words("que quien cuyo donde"),
    determiners=words(
        "el la los las un una unos unas de del al su sus este esta estos estas en y a por con para"
        " varios varias algunos algunas dos tres"
    ),
    stops=words(
        "poco citando lunes martes miércoles jueves viernes sábado domingo sin mientras después antes"
        " tras ayer hoy"
        " durante ante pero aunque"
    ),
    figure_verbs=words("habla hablan hablaron cifra cifró cifran elevaron elevó estima estiman calculó"),
    figure_words=words("en a de"),
)
