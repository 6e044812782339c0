import pytest

# An inner run: what it leaves running is ended when it ends, so that the outer test leaves nothing.
CONFTEST = """
import threading, subprocess
pytest_plugins = ["guards"]
ended = threading.Event()
children = []

def pytest_sessionfinish():
    ended.set()
    for child in children:
        child.kill()
        child.wait()
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    # caplog: the inner log is heard out here as well, and is the inner test's affair.
    monkeypatch.setattr("guards.GRACE_SECONDS", 0.1)
    pytester.makeconftest(CONFTEST)

    def run(source: str) -> pytest.RunResult:
        pytester.makepyfile(source)
        return pytester.runpytest_inprocess("-p", "no:randomly", "-p", "no:cacheprovider", "-W", "error")

    return run


def test_a_quiet_test_passes(run):
    run("def test(): pass").assert_outcomes(passed=1)


def test_a_warning_in_the_log_fails_the_test(run):
    result = run("import logging\ndef test(): logging.getLogger('tray').warning('full')")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*WARNING tray: full*"])


def test_an_information_in_the_log_is_fine(run):
    run("import logging\ndef test(): logging.getLogger('tray').info('full')").assert_outcomes(passed=1)


def test_an_expected_line_in_the_log_is_fine_and_no_other(run):
    source = """
    import logging
    def test_expected(allowed_logs):
        allowed_logs("tray: f.ll")
        logging.getLogger("tray").warning("full")
    def test_other(allowed_logs):
        allowed_logs("tray: empty")
        logging.getLogger("tray").warning("full")
    """
    run(source).assert_outcomes(passed=2, errors=1)


def test_a_test_that_reads_the_log_itself_answers_for_it(run):
    source = """
    import logging
    def test(caplog):
        logging.getLogger("tray").warning("full")
        assert "full" in caplog.text
    """
    run(source).assert_outcomes(passed=1)


def test_a_thread_left_running_fails_the_test(run):
    result = run("import threading, conftest\ndef test(): threading.Thread(target=conftest.ended.wait).start()")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*threads left running*"])


def test_a_child_left_running_fails_the_test(run):
    source = """
    import conftest, subprocess
    def test():
        conftest.children.append(subprocess.Popen(["sleep", "60"]))
    """
    result = run(source)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*child processes left running*"])


def test_a_connection_to_another_machine_fails_the_test(run):
    source = """
    import socket
    def test():
        with socket.socket() as end:
            end.settimeout(1)
            end.connect(("192.0.2.1", 9))
    """
    result = run(source)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*a test wanted to connect to 192.0.2.1*"])


def test_a_warning_of_python_fails_the_test(run):
    run("import warnings\ndef test(): warnings.warn('old')").assert_outcomes(failed=1)
