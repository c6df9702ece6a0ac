package io.parley.users.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private static final String EMAIL = "ada.1815@analytical.example.org";

    private final PasswordRules rules = rules(8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "7 chars",
                "e\u0301e\u0301e\u0301e\u0301",
                "\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude04"
            })
    void refuseShortOnes(String password) {
        assertThat(refusal(password)).isEqualTo("must be at least 8 characters long");
    }

    @Test
    void countCharactersAfterNormalization() {
        // One character that stands for a sentence of eighteen.
        assertAccepted("\ufdfa");
        assertAccepted(
                "\ud83d\ude00\ud83e\udd84\ud83d\ude02\ud83d\ude04\ud83d\ude08\ud83d\ude0a\ud83d\ude0e\ud83e\udd16");
    }

    @Test
    void refuseWhatIsShorterThanTheSetting() {
        assertThat(refusal(rules(15), "weaves flowers")).isEqualTo("must be at least 15 characters long");
        assertThatCode(() -> check(rules(15), "weaves flowers.")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaa",
                "AAAAAAAa",
                "        ",
                "\t \t \t \t ",
                "\u00a0\u3000\u2003 \u00a0\u3000\u2003 ",
                "abcdefgh",
                "ABCDEFGH",
                "hgfedcba",
                "98765432",
                "5678901234",
                "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
                "\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8"
            })
    void refuseRuns(String password) {
        assertThat(refusal(password))
                .isEqualTo("must not be one character or a sequence, such as aaaaaaaa or abcdefgh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password1", "PassWord1", "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff11", "letmein123"
            })
    void refuseBreachedOnesHoweverTheyAreWritten(String password) {
        assertThat(refusal(password)).isEqualTo("is known from data breaches; choose another one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parley123",
                "!!Parley!!",
                "1815parley?1815",
                "ada.1815@analytical.example.org",
                "ADA.1815@Analytical.Example.ORG!",
                "ada.1815",
                "ada.18151852",
                "analytical",
                "(Analytical) 1",
                "ada lovelace",
                "Ada Lovelace 1815",
                "\uff41da lovelace"
            })
    void refuseOwnWordsWithDigitsAndPunctuationAround(String password) {
        assertThat(refusal(password)).startsWith("must not be \"parley\", your e-mail address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the engine weaves algebra",
                "parley with the enemy",
                "xparley1852",
                "analytical engine",
                "ada lovelace weaves",
                "a1b2c3d4e5!?",
                "!?%&-+#*17",
                "\u05d0\u05dc\u05d2\u05d1\u05e8\u05d4 \u05d5\u05e9\u05d9\u05e8\u05d4"
            })
    void acceptEverythingElse(String password) {
        assertAccepted(password);
    }

    @Test
    void acceptAnythingForSomebodyWithoutAName() {
        assertThatCode(() -> rules.check("/password", new Secret("Ada Lovelace 1815"), EMAIL, null))
                .doesNotThrowAnyException();
    }

    private void assertAccepted(String password) {
        assertThatCode(() -> check(rules, password)).doesNotThrowAnyException();
    }

    private String refusal(String password) {
        return refusal(rules, password);
    }

    private static String refusal(PasswordRules rules, String password) {
        var problem = catchThrowableOfType(Problem.class, () -> check(rules, password));
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/new_password");
        return problem.faults().get(0).detail();
    }

    private static void check(PasswordRules rules, String password) {
        rules.check("/new_password", new Secret(password), EMAIL, "Ada Lovelace");
    }

    private static PasswordRules rules(int minLength) {
        return PasswordRules.load(new PasswordSettings(1, 1, minLength));
    }
}
