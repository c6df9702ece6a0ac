package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passkeys need a name as host, and an authenticator, which is one that the browser plays. */
class PasskeysIT {
    @RegisterExtension
    static final AppExtension APP = new AppExtension("localhost", Map.of());

    @Test
    void signsInWithAPasskeyAlone(Visitor ada) {
        ada.registered();
        playAuthenticator(ada);
        ada.page.navigate("/settings");
        ada.button("Add a passkey").click();
        assertThat(ada.page.getByText("The passkey was added.")).isVisible();
        ada.button("Sign out").click();

        ada.button("Sign in with a passkey").click();

        assertThat(ada.heading("Settings")).isVisible();
        ada.button("Remove Passkey 1").click();
        assertThat(ada.button("Remove Passkey 1")).hasCount(0);
    }

    @Test
    void saysThatNoPasskeyWasUsed(Visitor ada) {
        var options = playAuthenticator(ada);
        options.addProperty("isUserVerified", false);
        ada.page.navigate("/");
        ada.button("Sign in with a passkey").click();
        assertThat(ada.page.getByText("No passkey was used.")).isVisible();
        assertThat(ada.heading("Sign in")).isVisible();
    }

    private static JsonObject playAuthenticator(Visitor visitor) {
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        for (var able :
                new String[] {"hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"})
            options.addProperty(able, true);
        var devtools = visitor.context.newCDPSession(visitor.page);
        devtools.send("WebAuthn.enable");
        var parameters = new JsonObject();
        parameters.add("options", options);
        devtools.send("WebAuthn.addVirtualAuthenticator", parameters);
        return options;
    }
}
