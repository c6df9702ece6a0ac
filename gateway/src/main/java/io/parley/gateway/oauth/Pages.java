package io.parley.gateway.oauth;

import io.parley.contracts.users.Oidc;
import io.parley.gateway.auth.ConsentArrivals;
import io.parley.gateway.auth.OidcBrowser;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.oauth.clients.RedirectUris;
import io.parley.kernel.Secret;
import io.parley.kernel.access.Scope;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pages of the consent, in plain HTML without script. Each form is sent to the address of its page. */
final class Pages {
    static final String SIGN_IN = "sign-in";
    static final String CODE = "code";
    static final String DECIDE = "decide";

    private static final String STYLE = """
        :root{color-scheme:light dark;--page:#fff;--text:#1b2130;--line:#7d869b;--accent:#2f4fc4;--on-accent:#fff;--danger:#b3261e}\
        @media (prefers-color-scheme:dark){:root{--page:#14171f;--text:#e7eaf1;--line:#7f899f;--accent:#9db2ff;--on-accent:#10162b;\
        --danger:#ffb4ab}}\
        body{font:16px/1.5 system-ui,sans-serif;margin:0;background:var(--page);color:var(--text)}\
        main{max-width:26rem;margin:8vh auto;padding:0 1rem;overflow-wrap:anywhere}h1{font-size:1.4rem}\
        label{display:block;margin:1rem 0;font-weight:600}input,button{font:inherit;color:inherit;border:1px solid var(--line);\
        border-radius:8px;background:var(--page)}input{display:block;box-sizing:border-box;width:100%;padding:.5rem;margin-top:.25rem}\
        button{display:block;width:100%;min-height:2.75rem;margin:.75rem 0 0;cursor:pointer}:focus-visible{outline:2px solid \
        var(--accent);outline-offset:2px}.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent);\
        font-weight:600}[role=alert]{border-left:4px solid var(--danger);padding-left:.75rem}\
        """;

    /**
     * Nothing runs, and nobody may frame it. There is no form-action: Chromium holds that against the redirect behind a form, which
     * leads to the program, and from there to schemes of programs' own.
     */
    private static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.of(STYLE))
            + "'; base-uri 'none'; frame-ancestors 'none'";

    // With no-referrer, browsers would send "Origin: null" with the forms.
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Content-Security-Policy",
            POLICY,
            "Referrer-Policy",
            "same-origin",
            "X-Frame-Options",
            "DENY");

    /**
     * @param message why it is shown again
     * @param providers with which somebody may sign in as well
     */
    static Answer signIn(
            AuthorizationRequest request, int status, @Nullable String message, List<Oidc.Provider> providers) {
        return page(status, "Sign in to Parley", """
            <p><strong>%s</strong> asks to use Parley in your name. Sign in to decide.</p>
            %s<form method="post">
            <input type="hidden" name="step" value="%s">
            <label>E-mail <input type="email" name="email" autocomplete="username" maxlength="254" required autofocus></label>
            <label>Password <input type="password" name="password" autocomplete="current-password" maxlength="128" required></label>
            <button type="submit" class="main">Sign in</button>
            </form>
            %s""".formatted(
                        escaped(request.client().name()), alert(message), SIGN_IN, others(request, providers)));
    }

    // The provider sends the browser back to this page, with the same request. The address is relative because a proxy
    // may put a path in front.
    private static String others(AuthorizationRequest request, List<Oidc.Provider> providers) {
        var path = request.path();
        if (path.length() > ConsentArrivals.MAX_PATH) return "";
        return providers.stream()
                .map(provider -> """
                <form method="get" action="..%s/%s">
                <input type="hidden" name="return_to" value="%s">
                <button type="submit">Continue with %s</button>
                </form>
                """.formatted(
                                OidcBrowser.PATH, escaped(provider.name()), escaped(path), escaped(provider.title())))
                .collect(Collectors.joining());
    }

    /** @param token of the login that waits for the code */
    static Answer code(AuthorizationRequest request, int status, Secret token, @Nullable String message) {
        return page(status, "Second factor", """
            <p>Enter the code of your authenticator app, or a recovery code, to sign in for <strong>%s</strong>.</p>
            %s<form method="post">
            <input type="hidden" name="step" value="%s">
            <input type="hidden" name="mfa_token" value="%s">
            <label>Code <input name="code" autocomplete="one-time-code" maxlength="20" required autofocus></label>
            <button type="submit" class="main">Sign in</button>
            </form>
            """.formatted(
                        escaped(request.client().name()), alert(message), CODE, escaped(token.value())));
    }

    /** @param email of who has signed in */
    static Answer consent(AuthorizationRequest request, String email, String ticket) {
        var client = request.client();
        var scopes = request.scopes().stream()
                .map(scope -> "<li>" + words(scope) + " (<code>" + escaped(scope.text()) + "</code>)</li>\n")
                .collect(Collectors.joining());
        return page(200, "Let " + client.name() + " in?", """
            <p>You are signed in as %s.</p>
            <p><strong>%s</strong>%s asks to:</p>
            <ul>
            %s</ul>
            <p>The answer goes to <strong>%s</strong>. You can end its access at any time.</p>
            <form method="post">
            <input type="hidden" name="step" value="%s">
            <input type="hidden" name="ticket" value="%s">
            <button type="submit" class="main" name="decision" value="allow">Allow</button>
            <button type="submit" name="decision" value="deny">Deny</button>
            </form>
            """.formatted(
                        escaped(email),
                        escaped(client.name()),
                        publisher(client.id()),
                        scopes,
                        escaped(RedirectUris.shown(request.redirect().uri())),
                        DECIDE,
                        escaped(ticket)));
    }

    static Answer error(int status, String message) {
        return page(
                status,
                "This does not work",
                alert(message) + "<p>Go back to the program that has sent you here, and try again.</p>\n");
    }

    static Answer error(HttpError error) {
        var page = error(error.status(), error.detail());
        var headers = new HashMap<>(error.headers());
        headers.putAll(page.headers());
        return new Answer(page.status(), headers, page.body());
    }

    // The name is the program's own word; whose document it is, is not.
    private static String publisher(String clientId) {
        return clientId.startsWith("https://")
                ? " of " + escaped(URI.create(clientId).getHost())
                : "";
    }

    private static String words(Scope scope) {
        return switch (scope) {
            case TASKS_READ -> "read your tasks";
            case TASKS_WRITE -> "read, add, change and delete your tasks";
            case CONVERSATIONS_READ -> "read your conversations";
            case CONVERSATIONS_WRITE -> "read, add, change and delete your conversations";
            case CHAT -> "chat with the assistant in your name";
        };
    }

    private static String alert(@Nullable String message) {
        return message == null ? "" : "<p role=\"alert\">" + escaped(message) + "</p>\n";
    }

    private static Answer page(int status, String title, String content) {
        var html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title)
                + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(title) + "</h1>\n"
                + content + "</main>\n</body>\n</html>\n";
        return new Answer(status, HEADERS, Buffer.buffer(html));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private Pages() {}
}
