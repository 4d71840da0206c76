from tests.support.conferme import confirmed
from tests.support.processi import act_as, riservato

__all__ = ["act_as", "confirmed", "riservato"]
