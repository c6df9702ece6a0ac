package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.regex.Pattern;

/** A program that asks somebody to let it in (OAuth 2.0), with the browser in which they decide. */
record Editor(Visitor visitor) {
    private static final String CALLBACK = "http://127.0.0.1:4711/callback";

    /** The setting {@code oauth.clients}. */
    static final String SETTING =
            "[{\"client_id\":\"editor\",\"name\":\"Editor\",\"redirect-uris\":[\"" + CALLBACK + "\"]}]";

    /** Those of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /** Sends the browser to the page where its user decides. */
    void ask(String scopes) {
        visitor.page.route(
                CALLBACK + "**",
                route -> route.fulfill(new FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<title>Editor</title><link rel=\"icon\" href=\"data:,\">")));
        visitor.page.navigate("/oauth/authorize?response_type=code&client_id=editor&state=a%20b&redirect_uri="
                + URLEncoder.encode(CALLBACK, UTF_8) + "&scope=" + URLEncoder.encode(scopes, UTF_8)
                + "&code_challenge_method=S256&code_challenge=" + CHALLENGE);
    }

    /** Signs in on that page with the password. */
    void signIn() {
        visitor.field("E-mail").fill(visitor.email);
        visitor.page.getByLabel("Password").fill(Visitor.PASSWORD);
        visitor.button("Sign in").click();
    }

    /** Has the user allow it. Returns the access token that the program gets. */
    String letIn() {
        visitor.button("Allow").click();
        visitor.page.waitForURL(Pattern.compile("^" + Pattern.quote(CALLBACK)));
        assertThat(visitor.page).hasTitle("Editor");
        var form = FormData.create()
                .set("grant_type", "authorization_code")
                .set("client_id", "editor")
                .set("code", code(visitor.page))
                .set("code_verifier", VERIFIER);
        var answer = visitor.context
                .request()
                .post("/oauth/token", RequestOptions.create().setForm(form));
        assertThat(answer).isOK();
        return Visitor.text(answer, "access_token");
    }

    private static String code(Page page) {
        var query = URI.create(page.url()).getRawQuery();
        return URLDecoder.decode(query.replaceFirst(".*\\bcode=([^&]*).*", "$1"), UTF_8);
    }

    /** What it is answered with this token. */
    APIResponse tasks(String token) {
        var options = RequestOptions.create().setHeader("Authorization", "Bearer " + token);
        return visitor.context.request().get("/api/v1/tasks", options);
    }
}
