package io.parley.gateway.routes.signin;

import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.Oidc.Finished;
import io.parley.contracts.users.Oidc.ProviderAnswer;
import io.parley.contracts.users.identities.Identities;
import io.parley.gateway.auth.AccessTokens;
import io.parley.gateway.auth.OidcBrowser;
import io.parley.gateway.auth.SignIns;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Answer;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Signing in at another provider, and the identities there that are linked to an account. */
public final class OidcRoutes {
    private final Bus bus;
    private final AccessTokens accessTokens;
    private final OidcBrowser browser;

    private record LinkCode(Secret linkCode) {}

    public OidcRoutes(Bus bus, AccessTokens accessTokens, OidcBrowser browser) {
        this.bus = bus;
        this.accessTokens = accessTokens;
        this.browser = browser;
    }

    public void mount(Operations operations) {
        operations.on("listOidcProviders", request -> bus.ask(Oidc.LIST, new Oidc.ListProviders()));
        operations.on("startOidc", this::start);
        operations.on("finishOidc", this::finish);
        operations.on(
                "exchangeOidcCode",
                request -> new SignIns(bus).withOidcCode(request).map(accessTokens::issue));
        operations.on(
                "linkIdentity",
                request -> bus.ask(
                        Identities.LINK,
                        new Identities.Link(
                                request.caller(),
                                request.origin(),
                                request.newId(),
                                request.body(LinkCode.class).linkCode())));
        operations.on("listIdentities", request -> bus.ask(Identities.LIST, new Identities.ListMine(request.caller())));
        operations.on(
                "unlinkIdentity",
                request -> bus.ask(
                        Identities.UNLINK,
                        new Identities.Unlink(request.caller(), request.origin(), request.pathId("id"))));
    }

    private Future<Answer> start(Request request) {
        var name = request.pathText("name");
        var returnTo =
                OidcBrowser.ownPath(Objects.requireNonNullElse(request.query().text("return_to"), "/"));
        var link = request.query().text("link") != null;
        return bus.ask(Oidc.START, new Oidc.Start(name, browser.callback(request, name), returnTo, link))
                .map(started -> {
                    var location = started.location();
                    if (location == null)
                        return redirect(302, browser.page(request, returnTo, "sign_in_error", "provider_error"));
                    browser.set(request, started.browser());
                    return redirect(302, location);
                });
    }

    private Future<Answer> finish(Request request) {
        var name = request.pathText("name");
        var query = request.query();
        var code = query.text("code");
        var answer = new ProviderAnswer(
                code == null ? null : new Secret(code), query.text("state"), query.text("iss"), query.text("error"));
        var finish = new Oidc.Finish(
                name, browser.callback(request, name), browser.read(request).orElse(null), answer, request.client());
        return bus.ask(Oidc.FINISH, finish).map(finished -> {
            browser.clear(request);
            return redirect(303, page(request, finished));
        });
    }

    private String page(Request request, Finished finished) {
        var path = finished.returnTo();
        return switch (finished.outcome()) {
            case SIGN_IN -> browser.page(request, path, "sign_in_code", code(finished));
            case LINK -> browser.page(request, path, "link_code", code(finished));
            default ->
                browser.page(
                        request,
                        path,
                        "sign_in_error",
                        finished.outcome().name().toLowerCase(Locale.ROOT));
        };
    }

    private static String code(Finished finished) {
        return Objects.requireNonNull(finished.code()).value();
    }

    private static Answer redirect(int status, String location) {
        return new Answer(status, Map.of("Location", location), null);
    }
}
