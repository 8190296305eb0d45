"""Spanish."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar, frames, kinds, manners, words

# Verbs in -ar with all their forms; the participle stands in the other list.
_SAYING: Final = (
    "argument relat explic señal indic afirm asegur declar confirm agreg anunci cont inform coment"
    " apunt lament"
    " manifest detall reiter destac subray precis opin critic alert plante augur enfatiz puntualiz"
    " remarc recalc aclar"
    " avis jur coincid zanj ironiz justific garantiz especific not rememor consider pronostic vaticin"
)


def _ar(stems: str) -> str:
    return " ".join(stem + end for stem in stems.split() for end in ("ó", "aron", "a", "an", "aba", "aban"))


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
    " hizo hicieron insisten insistían tachan tacha falló quejó quejaron queja quejan gritó gritaron gritaba grita"
    " gritan aconseja aconsejó opina opinan sentenció aclaró matizó resumió reiteró"
    " insiste habla hablan"
    " hablaron avisó replicó replicaron replica prosiguió decía decían sugirió sugieren sugiere"
    " sugirieron advertían"
    " insistía reconocía admitía creía creían temía temían presumen presume sospecha sospechan confía"
    " dedujo predijo"
    " prometieron promete prometen calificó califica califican calificaron tachó tacharon tilda tildó"
    " atribuyó"
    " atribuye atribuyen atribuyeron culpó culpa culpan culparon responsabilizó responsabilizaron"
    " supo describió"
    " describe describieron condenó condenaron revela revelan concluyen " + _ar(_SAYING),
    claims="aseguró aseguraron asegura aseguran afirmó afirmaron afirma afirman sostuvo"
    " sostuvieron sostiene"
    " sostienen alegó alegaron alega alegan insistió insistieron denunció denunciaron denuncia"
    " denuncian acusó"
    " acusaron acusa acusan mantiene mantienen",
    denies="negó negaron niega niegan desmintió desmintieron desmiente rechazó rechazaron rechaza"
    " rechazan desmintieron",
    estimates="cifraron calcularon estima estiman estimó estimaron calcula calculan calculó calcularon prevé"
    " prevén pronostica"
    " pronostican cifró cifra cifran elevaron elevó vaticina",
    documents="muestra muestran mostró mostraron demuestra demuestran demostró",
)
_PARTICIPLES: Final = manners(
    says="dicho declarado explicado indicado señalado añadido agregado anunciado confirmado"
    " recordado subrayado"
    " contado relatado informado advertido reconocido admitido precisado comentado apuntado"
    " respondido escrito"
    " argumentado criticado alertado planteado enfatizado puntualizado recalcado aclarado jurado"
    " coincidido garantizado"
    " especificado calificado tachado atribuido culpado prometido sugerido replicado expuesto"
    " dispuesto opinado"
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
    " funcionario guardia bomberos embajada secretario diputado regulador"
    " prefectura junta investigadores"
    " investigaciones parlamento congreso senado senador senadora ministros premier cancillería"
    " canciller vicegobernadora"
    " vicepresidenta vicepresidente concejal concejala edil inspector inspectores inspección aduana"
    " soldados oficial"
    " oficiales coronel capitán almirante negociador negociadores enviado diplomático diplomáticos"
    " magistrado policías"
    " bombero defensor onu otan bruselas delegado delegada subdelegación consejera gobernadora"
    " agentes oficina"
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
    " censo análisis balance sentencia fallo auto boletín expediente registros cifras conclusiones"
    " pesquisa peritaje"
    " sondeo acusación pesquisas sumario",
    expert="economista economistas experto expertos investigadores profesor profesora médico médicos"
    " historiador"
    " meteorólogos científicos científico instituto universidad viróloga analistas"
    " especialistas ingenieros"
    " perito peritos perita biólogo bióloga biólogos psicóloga geólogo geólogos arqueólogo"
    " arqueólogos sismólogos"
    " demógrafo cirujano cirujana pediatra veterinario politólogo socióloga climatólogos doctora doctor"
    " vulcanólogos cardiólogo auditora",
    unnamed="fuente fuentes cercanas",
    other="instructor rescatistas equipos empresa compañía grupo sindicato sindicatos club clubes banco"
    " director directora líder"
    " dueño propietario"
    " activistas abogado abogada abogados entrenador delantero portero operador aerolínea"
    " museo párroco obispo"
    " partido candidato inquilinos clínica ong asociación organizadores federación personal"
    " rescatistas enfermeras"
    " gremio gerente gerentes empleados empleado empleada trabajadores trabajador obreros dirección"
    " rector rectora"
    " maestra maestros profesores alumnos estudiantes pacientes paciente víctimas víctima viuda"
    " hermano hermana esposo"
    " esposa marido hijo hija madre padre amigos colegas voluntarios voluntaria manifestantes"
    " clientes visitantes"
    " pescadores pescador agricultores ganaderos panadero fabricante constructora aseguradora"
    " aseguradoras inversores"
    " puerto aeropuerto escuela colegio teatro zoológico astillero capataz piloto pilotos"
    " comerciantes comerciante"
    " conservadora encargado encargada responsable responsables patronal fundación fundadora dueña"
    " propietaria defensa"
    " sindicalista portuarios taxistas camioneros"
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
        ("a", "juicio", "del"),
        ("en", "opinión", "del"),
        ("en", "palabras", "del"),
        ("según", "datos", "del"),
        ("según", "cifras", "de"),
        ("según", "cifras", "del"),
        ("a", "decir", "de"),
        ("a", "decir", "del"),
        ("de", "acuerdo", "a"),
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
    figure_verbs=words(
        "cifraron calcularon estimó estimaron habla hablan hablaron cifra cifró"
        " cifran elevaron elevó estima estiman calculó"
    ),
    figure_words=words("en a de"),
    frames=frames(
        {
            "calificó califica califican calificaron calificado tachan tacha tachó tacharon tachado tildó": "de/como",
            "negó negaron niega niegan negado rechazó rechazaron rechaza rechazan desmintió"
            " desmintieron": "acusación/acusaciones/cargos/responsabilidad/implicación/rumores/vinculación",
            "atribuyó atribuye atribuyen atribuyeron atribuido": "a/al",
            "culpó culpan culparon responsabilizó responsabilizaron": "de/del/por",
        }
    ),
)
