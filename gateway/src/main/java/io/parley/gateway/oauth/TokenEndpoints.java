package io.parley.gateway.oauth;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.parley.contracts.tokens.Grants;
import io.parley.contracts.tokens.Grants.Issued;
import io.parley.contracts.users.Users.Client;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.auth.TokenResponse;
import io.parley.gateway.contract.LimitStep;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.ErrorMapping;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.oauth.clients.ClientRegistry;
import io.parley.gateway.origin.ClientAddress;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.gateway.origin.TrustedProxies;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/** Where programs exchange codes and refresh tokens (RFC 6749, 3.2) and give tokens up (RFC 7009). */
final class TokenEndpoints {
    private final Bus bus;
    private final ClientRegistry clients;
    private final EndedSessions endedSessions;
    private final PublicOrigin origin;
    private final TrustedProxies proxies;
    private final LimitStep limits;
    private final FormReader forms;

    private record TokenAnswer(
            @JsonSerialize(using = TokenResponse.Revealed.class)
            Secret accessToken,

            String tokenType,
            long expiresIn,

            @JsonSerialize(using = TokenResponse.Revealed.class)
            Secret refreshToken,

            String scope) {}

    private record ErrorAnswer(String error, String errorDescription) {}

    private interface Endpoint {
        Future<Answer> answer(String issuer, OAuthParameters form, Client client);
    }

    TokenEndpoints(
            Bus bus,
            ClientRegistry clients,
            EndedSessions endedSessions,
            PublicOrigin origin,
            TrustedProxies proxies,
            LimitStep limits,
            FormReader forms) {
        this.bus = bus;
        this.clients = clients;
        this.endedSessions = endedSessions;
        this.origin = origin;
        this.proxies = proxies;
        this.limits = limits;
        this.forms = forms;
    }

    void mount(Router router) {
        router.route(AuthorizationServer.TOKEN).handler(context -> handle(context.request(), this::issue));
        router.route(AuthorizationServer.REVOKE).handler(context -> handle(context.request(), this::revoke));
    }

    private void handle(HttpServerRequest http, Endpoint endpoint) {
        http.response().putHeader("Access-Control-Allow-Origin", "*");
        var issuer = origin.of(http);
        if (issuer.isEmpty()) fail(http, HttpError.noSuchPath());
        else if (http.method().equals(HttpMethod.OPTIONS)) AnyOrigin.answerPreflight(http, "POST");
        else if (!http.method().equals(HttpMethod.POST)) fail(http, HttpError.methodNotAllowed("POST, OPTIONS"));
        else
            limits.countAnonymous(http)
                    .compose(counted -> forms.read(
                            http,
                            late -> fail(http, late),
                            form -> endpoint.answer(issuer.get(), form, ClientAddress.of(http, proxies))))
                    .onSuccess(answer -> answer.write(http.response()))
                    .onFailure(failure -> fail(http, failure));
    }

    private Future<Answer> issue(String issuer, OAuthParameters form, Client client) {
        var grantType = form.require("grant_type");
        var clientId = form.require("client_id");
        if (!clients.mayKnow(clientId)) throw OAuthError.unknownClient();
        AuthorizationRequest.requireOwnResource(issuer, form);
        return switch (grantType) {
            case "authorization_code" -> redeem(form, clientId, client).map(TokenEndpoints::answer);
            case "refresh_token" ->
                bus.ask(Grants.REFRESH, new Grants.Refresh(new Secret(form.require("refresh_token")), clientId, client))
                        .recover(failure -> refuse("refresh_token", failure))
                        .map(TokenEndpoints::answer);
            default -> throw OAuthError.unsupportedGrantType();
        };
    }

    private Future<Issued> redeem(OAuthParameters form, String clientId, Client client) {
        var command = new Grants.Redeem(
                new Secret(form.require("code")),
                clientId,
                form.find("redirect_uri"),
                new Secret(form.require("code_verifier")),
                client);
        return bus.ask(Grants.REDEEM, command).recover(failure -> refuse("code", failure));
    }

    private static Future<Issued> refuse(String parameter, Throwable failure) {
        return Future.failedFuture(
                failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED
                        ? OAuthError.invalidGrant(parameter + " is not valid. " + problem.detail())
                        : failure);
    }

    private static Answer answer(Issued issued) {
        return Answer.json(
                200,
                new TokenAnswer(
                        issued.accessToken(),
                        "Bearer",
                        issued.lifetime().toSeconds(),
                        issued.refreshToken(),
                        Scope.list(issued.scopes())));
    }

    private Future<Answer> revoke(String issuer, OAuthParameters form, Client client) {
        var command = new Grants.RevokeToken(new Secret(form.require("token")), form.find("client_id"), client);
        return bus.ask(Grants.REVOKE_TOKEN, command).map(ended -> {
            endedSessions.add(ended);
            return Answer.empty(200);
        });
    }

    private static void fail(HttpServerRequest http, Throwable failure) {
        if (failure instanceof OAuthError error) {
            boolean isBusy = error.code().equals("temporarily_unavailable");
            Answer.json(isBusy ? 503 : 400, new ErrorAnswer(error.code(), error.description()))
                    .write(http.response());
            return;
        }
        var error = ErrorMapping.of(http, http.path(), failure);
        var body = new ErrorAnswer(code(error.status()), error.detail());
        Problems.answer(http, failure, error, "application/json", JsonForm.write(body));
    }

    private static String code(int status) {
        return switch (status) {
            case 429, 503 -> "temporarily_unavailable";
            case 500, 504 -> "server_error";
            default -> "invalid_request";
        };
    }
}
