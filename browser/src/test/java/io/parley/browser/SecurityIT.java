package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AppExtension.class)
class SecurityIT {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    @Test
    void turnsTwoFactorSignInOnAndOff(Visitor ada) throws Exception {
        ada.registered();
        ada.page.navigate("/settings");
        ada.button("Set up two-factor sign-in").click();
        assertThat(ada.role(AriaRole.IMG, "QR code")).isVisible();
        var secret = ada.page
                .locator("code")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^[A-Z2-7]{32}$")))
                .textContent();

        ada.field("Code").fill(code(secret));
        ada.button("Turn on").click();

        assertThat(ada.page
                        .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Recovery codes"))
                        .getByRole(AriaRole.LISTITEM))
                .hasCount(10);
        ada.button("Turn off two-factor sign-in").click();
        assertThat(ada.button("Set up two-factor sign-in")).isVisible();
    }

    @Test
    void asksForACodeOrARecoveryCode(Visitor ada) throws Exception {
        ada.registered();
        ada.page.navigate("/settings");
        ada.button("Set up two-factor sign-in").click();
        ada.field("Code").fill(code(ada.page.locator("section code").first().textContent()));
        ada.button("Turn on").click();
        var recovery = ada.page
                .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Recovery codes"))
                .getByRole(AriaRole.LISTITEM)
                .first()
                .textContent();
        ada.button("Sign out").click();

        // What a missing factor and a wrong code are answered with.
        ada.expectFault("403 (Forbidden)");
        ada.expectFault("401 (Unauthorized)");
        ada.field("E-mail").fill(ada.email);
        ada.page.getByLabel("Password").fill(Visitor.PASSWORD);
        ada.button("Sign in").click();
        assertThat(ada.field("Code")).isFocused();
        assertThat(ada.field("Code")).hasAttribute("autocomplete", "one-time-code");
        assertThat(ada.page.getByLabel("Password")).hasCount(0);
        ada.field("Code").fill("000000");
        ada.button("Continue").click();
        assertThat(ada.page.getByText("The code is wrong")).isVisible();
        ada.button("Use a recovery code").click();
        assertThat(ada.field("Code")).isFocused();
        ada.field("Code").fill(recovery);
        ada.button("Continue").click();
        assertThat(ada.heading("Settings")).isVisible();
    }

    @Test
    void showsANewTokenOnce(Visitor ada) {
        ada.registered();
        ada.page.navigate("/settings");
        ada.field("Token name").fill("Editor");
        ada.button("Create token").click();
        assertThat(ada.field("New token")).hasValue(Pattern.compile("^pat_.{43}$"));
        ada.page.reload();
        assertThat(ada.button("Revoke token Editor")).isVisible();
        assertThat(ada.field("New token")).hasCount(0);
        ada.button("Revoke token Editor").click();
        assertThat(ada.button("Revoke token Editor")).hasCount(0);
    }

    @Test
    void saysInWordsWhatHappenedToTheAccount(Visitor ada) {
        ada.registered();
        ada.page.navigate("/settings");
        var events = ada.page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Security events"));
        assertThat(events).containsText("Account created");
        assertThat(events).containsText("Signed in");
        assertThat(events).not().containsText("sign_in");
    }

    // RFC 6238 with SHA-1, six digits and 30 seconds.
    private static String code(String secret) throws Exception {
        var bits = new StringBuilder();
        for (char letter : secret.toCharArray())
            bits.append("%5s"
                    .formatted(Integer.toBinaryString(BASE32.indexOf(letter)))
                    .replace(' ', '0'));
        var key = new byte[secret.length() * 5 / 8];
        for (int at = 0; at < key.length; at++)
            key[at] = (byte) Integer.parseInt(bits.substring(at * 8, at * 8 + 8), 2);
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        var hash = mac.doFinal(ByteBuffer.allocate(8)
                .putLong(Instant.now().getEpochSecond() / 30)
                .array());
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash, offset, 4).getInt() & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }
}
