import pytest

pytest.register_assert_rewrite("tests.audit.engines.contract", "tests.audit.engines.audits")
