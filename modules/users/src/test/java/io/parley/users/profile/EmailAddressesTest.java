package io.parley.users.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.contracts.users.EmailAddresses;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.UserPatch;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.Secret;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressesTest {
    private static final String LABEL = "a".repeat(63);

    @ParameterizedTest
    @NullSource
    @MethodSource("ofTheGreatestLength")
    @ValueSource(
            strings = {
                "ada@example.org",
                "Ada.Lovelace@Example.ORG",
                "ada+parley@example.org",
                "o'hara@example.ie",
                "!#$%&'*+-/=?^_`{|}~@example.org",
                "1815@example.org",
                "_@x.org",
                "-ada-@example.org",
                "ada@localhost",
                "ada@a-b.co.uk",
                "ada@3m.com",
                "ada@1.2.3.4",
                "ada@a--b.example",
                "ada@xn--mnchen-3ya.example",
                "ada@m\u00fcnchen.example",
                "ada@mu\u0308nchen.example",
                "j\u00f6rg@example.org",
                "\u0561\u0564\u0561@example.org",
                "\u963f\u8fbe@\u4f8b\u5b50.\u6d4b\u8bd5",
                "\u05d0\u05d3\u05d4@\u05d3\u05d5\u05d2\u05de\u05d4.org",
                "ada@\u0909\u0926\u093e\u0939\u0930\u0923.\u092a\u0930\u0940\u0915\u094d\u0937\u093e",
                "ada@i\u2764.example",
                "\ud83e\udd84@example.org"
            })
    void permitRealOnes(String email) {
        assertThatCode(() -> EmailAddresses.check("/email", email)).doesNotThrowAnyException();
    }

    static Stream<String> ofTheGreatestLength() {
        return Stream.of(
                "a".repeat(64) + "@example.org",
                "ada@" + LABEL + ".org",
                "a".repeat(62) + "@" + LABEL + "." + LABEL + "." + LABEL);
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.org",
                "ada@@example.org",
                "ada@lovelace@example.org",
                "<script>@x.org",
                "ada@<script>.org",
                "Ada <ada@example.org>",
                "\"ada lovelace\"@x.org",
                "ada\\@x.org",
                "ada,grace@x.org",
                "ada;grace@x.org",
                "ada:grace@x.org",
                "ada(love)@x.org",
                "ada@[127.0.0.1]",
                "ada@x_y.org",
                "ada@x!.org",
                ".a@x.org",
                "a.@x.org",
                "a..b@x.org",
                "a@x..org",
                "a@.x.org",
                "a@x.org.",
                "a@.",
                "a@-x.org",
                "a@x-.org",
                "a@x.-org",
                "a@x.org-",
                "a@-",
                "a@-\u00fc.org",
                "a@\u00fc-.org",
                "a b@x.org",
                "a@x .org",
                "a@x.org\n",
                "a\r\nBcc:b@x.org",
                "a\u0000@x.org",
                "a\u007f@x.org",
                "a\u0085@x.org",
                "a@x\u0000.org",
                "a\u202e@x.org",
                "a\u2066b\u2069@x.org",
                "a\u200f@x.org",
                "a@x\u202e.org",
                "a\u200b@x.org",
                "a\u200d@x.org",
                "a\u2060@x.org",
                "a\u00ad@x.org",
                "a@x\u00ad.org",
                "a@x\u200b.org",
                "a\ufeff@x.org",
                "a\u034f@x.org",
                "a\u3164@x.org",
                "a\u2800@x.org",
                "a\ufe0f@x.org",
                "a\udb40\udc41@x.org",
                "a\u00a0@x.org",
                "a\u3000@x.org",
                "a\u2028@x.org",
                "a\ue000@x.org",
                "a\uffff@x.org",
                "\uff1cscript\uff1e@x.org",
                "a\uff20x.org",
                "\uff41@x.org",
                "a@\uff58.org",
                "a@x\uff0e.org",
                "a@x\u3002org",
                "a@x\u2025org",
                "a@\u00fc\u3002\u3002org"
            })
    void refuseEverythingElseWithAnExample(String email) {
        var registering =
                catchThrowableOfType(Problem.class, () -> new Registration(email, new Secret("secret"), null, null));
        var patching = catchThrowableOfType(
                Problem.class,
                () -> new UserPatch(Patch.absent(), Patch.absent(), Patch.to(email), Patch.absent(), null));

        assertThat(registering.faults())
                .isEqualTo(patching.faults())
                .containsExactly(new Fault("/email", "must be an e-mail address such as ada@example.org"));
    }

    static Stream<String> tooLong() {
        return Stream.of(
                "a".repeat(65) + "@example.org",
                "\u00e4".repeat(33) + "@example.org",
                "ada@" + LABEL + "a.org",
                "ada@" + "\u00fc".repeat(60) + ".org",
                "a".repeat(63) + "@" + LABEL + "." + LABEL + "." + LABEL);
    }
}
