package io.parley.gateway.oauth;

import io.parley.gateway.auth.ConsentArrivals;
import io.parley.gateway.auth.ConsentArrivals.Arrival;
import io.parley.gateway.contract.LimitStep;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.ErrorMapping;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.http.RateHeaders;
import io.parley.gateway.oauth.clients.ClientRegistry;
import io.parley.gateway.origin.ClientAddress;
import io.parley.gateway.origin.OwnOrigin;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.gateway.origin.TrustedProxies;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a program sends its user's browser (RFC 6749, 3.1). All errors are pages, until it is known where the answer may go. */
final class AuthorizeEndpoint {
    private final ClientRegistry clients;
    private final ConsentFlow flow;
    private final ConsentArrivals arrivals;
    private final PublicOrigin origin;
    private final OwnOrigin pages;
    private final TrustedProxies proxies;
    private final LimitStep limits;
    private final FormReader forms;
    private final ConnectionDeadlines deadlines;

    /** An error that the program may know. */
    private static final class Returned extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        Returned(Redirect redirect, OAuthError error) {
            super(error.description(), null, false, false);
            this.answer = redirect.error(error);
        }
    }

    AuthorizeEndpoint(
            ClientRegistry clients,
            ConsentFlow flow,
            ConsentArrivals arrivals,
            PublicOrigin origin,
            OwnOrigin pages,
            TrustedProxies proxies,
            LimitStep limits,
            FormReader forms,
            ConnectionDeadlines deadlines) {
        this.clients = clients;
        this.flow = flow;
        this.arrivals = arrivals;
        this.origin = origin;
        this.pages = pages;
        this.proxies = proxies;
        this.limits = limits;
        this.forms = forms;
        this.deadlines = deadlines;
    }

    void mount(Router router) {
        router.route(AuthorizationServer.AUTHORIZE).handler(context -> handle(context.request()));
    }

    private void handle(HttpServerRequest http) {
        var method = http.method();
        var issuer = origin.of(http);
        if (issuer.isEmpty()) Problems.answer(http, AuthorizationServer.AUTHORIZE, HttpError.noSuchPath());
        else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
            answer(http, show(http, issuer.get()));
        else if (method.equals(HttpMethod.POST)) answer(http, submit(http, issuer.get()));
        else Problems.answer(http, AuthorizationServer.AUTHORIZE, HttpError.methodNotAllowed("GET, HEAD, POST"));
    }

    private Future<Answer> show(HttpServerRequest http, String issuer) {
        deadlines.requestReceived(http, () -> fail(http, Problem.timeout()));
        return limits.countAnonymous(http)
                .compose(counted -> request(http, issuer))
                .compose(request -> flow.begin(request, arrival(http, request), ClientAddress.of(http, proxies)));
    }

    // What asks for the head alone shows nobody the page that follows a sign-in.
    private Optional<Arrival> arrival(HttpServerRequest http, AuthorizationRequest request) {
        return http.method().equals(HttpMethod.GET) ? arrivals.take(http, request.path()) : Optional.empty();
    }

    // Another site could otherwise sign its reader in as somebody else (login CSRF).
    private Future<Answer> submit(HttpServerRequest http, String issuer) {
        if (!isFromOwnPage(http)) return Future.failedFuture(HttpError.foreignOrigin());
        return limits.countAnonymous(http)
                .compose(counted -> forms.read(
                        http,
                        late -> fail(http, late),
                        form -> request(http, issuer)
                                .compose(request -> flow.next(request, form, ClientAddress.of(http, proxies)))));
    }

    private boolean isFromOwnPage(HttpServerRequest http) {
        var headers = http.headers();
        return headers.getAll(HttpHeaders.ORIGIN).stream().allMatch(sent -> pages.isOwn(http, sent))
                && headers.getAll("Sec-Fetch-Site").stream().allMatch("same-origin"::equals);
    }

    private Future<AuthorizationRequest> request(HttpServerRequest http, String issuer) {
        return Future.succeededFuture()
                .map(start ->
                        OAuthParameters.parse(Optional.ofNullable(http.query()).orElse("")))
                .compose(parameters -> clients.find(parameters.require("client_id"))
                        .map(client -> {
                            var uri = client.redirectUri(parameters.find("redirect_uri"))
                                    .orElseThrow(() -> OAuthError.invalidRequest(
                                            "redirect_uri is not one of those that the client has registered."));
                            var redirect = new Redirect(uri, state(parameters), issuer);
                            try {
                                return AuthorizationRequest.read(client, redirect, parameters);
                            } catch (OAuthError error) {
                                throw new Returned(redirect, error);
                            }
                        }));
    }

    private static @Nullable String state(OAuthParameters parameters) {
        return parameters.all("state").size() > 1 ? null : parameters.find("state");
    }

    private static void answer(HttpServerRequest http, Future<Answer> answer) {
        answer.onSuccess(ready -> ready.write(http.response())).onFailure(failure -> fail(http, failure));
    }

    private static void fail(HttpServerRequest http, Throwable failure) {
        if (failure instanceof Returned returned) returned.answer.write(http.response());
        else if (failure instanceof OAuthError error)
            Pages.error(error.code().equals("temporarily_unavailable") ? 503 : 400, error.description())
                    .write(http.response());
        else {
            var error = ErrorMapping.of(http, AuthorizationServer.AUTHORIZE, failure);
            if (failure instanceof Problem problem)
                problem.excess().ifPresent(excess -> RateHeaders.add(http.response(), excess.rates()));
            Pages.error(error).write(http.response());
        }
    }
}
