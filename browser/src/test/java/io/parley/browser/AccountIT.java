package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AppExtension.class)
class AccountIT {
    @Test
    void needsFewRequestsForTheFirstVisit(Visitor ada) {
        var requests = new ArrayList<String>();
        ada.page.onRequest(request -> requests.add(request.url()));
        ada.page.navigate("/");
        assertThat(ada.button("Create an account")).isVisible();
        Assertions.assertThat(requests)
                .hasSizeLessThanOrEqualTo(15)
                .allMatch(url -> url.startsWith("http://127.0.0.1:") || url.startsWith("data:"));
    }

    @Test
    void staysSignedInAndKeepsNoTokenInReachOfScripts(Visitor ada) {
        ada.registered();
        ada.page.reload();
        assertThat(ada.heading("New conversation")).isVisible();

        Assertions.assertThat(ada.page
                        .evaluate("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
                        .toString())
                .doesNotContain("eyJ");
        Assertions.assertThat(ada.context.cookies()).singleElement().satisfies(cookie -> {
            Assertions.assertThat(cookie.httpOnly).isTrue();
            Assertions.assertThat(cookie.path).isEqualTo("/api/v1/web");
        });
    }

    @Test
    void opensThePageThatWasAskedForAfterSigningInAgain(Visitor ada) {
        ada.registered();
        var other = ada.tab();
        other.navigate("/tasks");
        // The other tab may send a request before it learns that the session has ended.
        ada.expectFault("401 (Unauthorized)");
        ada.button("Sign out").click();
        assertThat(ada.heading("Sign in")).isVisible();
        assertThat(other.locator("h1")).hasText("Sign in");

        ada.page.navigate("/usage");
        ada.field("E-mail").fill(ada.email);
        ada.page.getByLabel("Password").fill(Visitor.PASSWORD);
        ada.button("Sign in").click();
        assertThat(ada.heading("Usage")).isVisible();
        assertThat(ada.page).hasTitle("Usage · Parley");
    }

    @Test
    void asksForTheAddressOfAForgottenPassword(Visitor ada) {
        // The server of these tests sends no mail.
        ada.page.route("**/auth/options", route -> {
            var answer = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setBody(answer.text().replace("\"password_reset\":false", "\"password_reset\":true")));
        });
        ada.page.route(
                "**/auth/password/forgot",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(202)
                        .setContentType("application/json")
                        .setBody("{}")));
        ada.page.navigate("/");
        ada.role(AriaRole.LINK, "Forgot password?").click();
        ada.field("E-mail").fill(ada.email);
        ada.button("Send link").click();
        assertThat(ada.page.getByRole(AriaRole.STATUS)).containsText("a mail with a link is on its way");
        ada.button("Sign in instead").click();
        assertThat(ada.field("E-mail")).hasValue(ada.email);
    }

    @Test
    void hidesAdministrationFromOthers(Visitor ada) {
        ada.registered();
        assertThat(ada.role(AriaRole.LINK, "Administration")).hasCount(0);
        ada.page.navigate("/admin");
        assertThat(ada.heading("Not found")).isVisible();
        assertThat(ada.page).hasTitle(Pattern.compile("Not found"));
    }
}
