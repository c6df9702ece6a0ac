package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Signing in with an account at another provider. The app is visited as {@code localhost} and the provider as {@code 127.0.0.1}, which are
 * two sites to a browser.
 */
class OtherProvidersIT {
    @RegisterExtension
    static final AppExtension APP = new AppExtension("localhost", Map.of());

    private String there = "";

    @BeforeEach
    void somebodyNew() {
        there = UUID.randomUUID() + "@elsewhere.example.org";
        AppExtension.PROVIDER.person(there, there);
    }

    @Test
    void signsInSomebodyNewAndOpensThePageThatWasAskedFor(Visitor ada) {
        ada.page.navigate("/tasks?status=pending");
        ada.button("Continue with Acme").press("Enter");

        assertThat(ada.heading("Tasks")).isVisible();
        Assertions.assertThat(ada.page.url()).endsWith("/tasks?status=pending");
        ada.page.reload();
        assertThat(ada.heading("Tasks")).isVisible();
        ada.role(AriaRole.LINK, "Settings").click();
        assertThat(linked(ada)).containsText(there);
    }

    @Test
    void linksAnAccountInTheSettings(Visitor ada) {
        ada.registered();
        ada.role(AriaRole.LINK, "Settings").click();
        ada.button("Link with Acme").click();
        var dialog = ada.role(AriaRole.DIALOG, "Link account");
        assertThat(dialog).isVisible();
        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Link account").setExact(true))
                .click();
        assertThat(ada.page.getByText("The account is linked.")).isVisible();
        assertThat(linked(ada)).containsText(there);

        ada.button("Sign out").click();
        ada.button("Continue with Acme").click();
        assertThat(ada.heading("Settings")).isVisible();
        assertThat(ada.page.getByText(ada.email).first()).isVisible();
        ada.button("Unlink Acme").click();
        assertThat(ada.button("Unlink Acme")).hasCount(0);
        assertThat(ada.button("Link with Acme")).isVisible();
    }

    @Test
    void asksTheOwnerOfAnAccountWithTheSameAddress(Visitor ada) {
        ada.registered();
        ada.button("Sign out").click();
        AppExtension.PROVIDER.person(there, ada.email);

        ada.button("Continue with Acme").click();
        assertThat(ada.page.getByText("There is an account with this e-mail address already."))
                .isVisible();
        ada.field("E-mail").fill(ada.email);
        ada.page.getByLabel("Password").fill(Visitor.PASSWORD);
        ada.button("Sign in").click();

        assertThat(ada.role(AriaRole.DIALOG, "Link account")).isVisible();
        ada.button("Cancel").click();
        ada.role(AriaRole.LINK, "Settings").click();
        assertThat(ada.button("Link with Acme")).isVisible();
        assertThat(ada.button("Unlink Acme")).hasCount(0);
    }

    @Test
    void saysThatItWasCancelled(Visitor ada) {
        AppExtension.PROVIDER.cancelNext();
        ada.page.navigate("/");
        ada.button("Continue with Acme").click();
        assertThat(ada.page.getByText("The sign-in was cancelled.")).isVisible();
        assertThat(ada.heading("Sign in")).isVisible();
    }

    @Test
    void letsAProgramIn(Visitor ada) {
        var editor = new Editor(ada);
        editor.ask("tasks:read");
        assertThat(ada.page).hasTitle("Sign in to Parley");
        ada.button("Continue with Acme").click();

        assertThat(ada.page.getByText("You are signed in as " + there)).isVisible();
        assertThat(ada.page.getByText("read your tasks")).isVisible();
        var token = editor.letIn();
        assertThat(editor.tasks(token)).isOK();
    }

    private static Locator linked(Visitor visitor) {
        return visitor.page.getByRole(
                AriaRole.LIST,
                new Page.GetByRoleOptions().setName("Linked accounts").setExact(true));
    }
}
