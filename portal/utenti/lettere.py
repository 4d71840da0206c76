"""The letters with a link to choose a password: no name in them, and nothing of what an account is for."""

from django.utils.translation import gettext as _

from .posta import write


def invite_to_choose(email: str, link: str) -> None:
    """To who was given an account: without this letter nobody enters, so who sends it learns if it did not leave."""
    text = _(
        "Chi coordina la rete Tessere ti ha preparato un accesso, d'accordo con il tuo ente.\n\n"
        "Apri questo indirizzo entro tre giorni e scegli la tua password:\n\n%(link)s\n\n"
        "Poi entra con questa e-mail. La prima volta ti chiediamo anche un secondo fattore: tieni vicino il telefono. "
        "Nessuno ti chiederà mai la password, né per telefono né per e-mail.\n\n"
        "Non te lo aspettavi? Non aprire l'indirizzo: chiedi prima, a voce, a chi coordina la rete o al tuo ente.\n"
    )
    write(_("Tessere: il tuo accesso"), text % {"link": link}, [email], waited_for=True)


def choose_again(email: str, link: str) -> None:
    """To who asked for another password, or for whom somebody else did."""
    text = _(
        "Qualcuno, forse tu, ha chiesto di scegliere una nuova password per entrare in Tessere con questa e-mail.\n\n"
        "Apri questo indirizzo entro tre giorni e sceglila:\n\n%(link)s\n\n"
        "Non l'hai chiesto tu? Non devi fare niente: finché nessuno apre l'indirizzo, nulla cambia.\n"
    )
    write(_("Tessere: scegli la tua password"), text % {"link": link}, [email])
