from tests.support.processi import act_as, riservato

__all__ = ["act_as", "riservato"]
