"""Three letters for a language, as ID3 wants it (ISO 639-2)."""

__all__ = ["three_letters"]

_LETTERS = {
    pair[:2]: pair[2:]
    for pair in (  # noqa: SIM905 - a list would fill three pages
        "aaaar ababk afafr akaka amamh anarg arara asasm avava ayaym azaze babak "
        "bebel bgbul bhbih bibis bmbam bnben bobod brbre bsbos cacat ceche chcha "
        "cocos crcre csces cuchu cvchv cycym dadan dedeu dvdiv dzdzo eeewe elell "
        "eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry "
        "gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat "
        "huhun hyhye hzher iaina idind ieile igibo iiiii ikipk ioido isisl itita "
        "iuiku jajpn jvjav kakat kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor "
        "krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin lolao "
        "ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt "
        "mymya nanau nbnob ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya "
        "ococi ojoji omorm orori ososs papan pipli plpol pspus ptpor quque rmroh "
        "rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk slslv "
        "smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel "
        "tgtgk ththa titir tktuk tltgl tntsn toton trtur tstso tttat twtwi tytah "
        "uguig ukukr ururd uzuzb veven vivie vovol wawln wowol xhxho yiyid yoyor "
        "zazha zhzho zuzul"
    ).split()
}


def three_letters(language: str) -> str | None:
    """The ISO 639-2 code of a language tag such as ``en-GB``; None if it has none."""
    first = language.partition("-")[0].lower()
    if len(first) == 3 and first.isalpha():  # noqa: PLR2004 - as they are
        return first
    return _LETTERS.get(first)
