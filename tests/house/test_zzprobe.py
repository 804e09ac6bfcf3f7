"""My doors only."""
import tests.house.test_doors as t
from tests.house import doors as d
from tests.house.test_doors import *  # noqa
from tests.house.test_doors import _staff_doors as _all
def only():
    return [x for x in _all() if x.name.split(":")[0] in ("cases","legal","cases_api","legal_api")]
t._staff_doors = only
