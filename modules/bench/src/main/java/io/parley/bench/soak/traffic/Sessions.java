package io.parley.bench.soak.traffic;

import io.vertx.core.json.JsonObject;

/** Registers users and keeps them signed in. */
record Sessions(Requests requests) {
    private static final String PASSWORD = "weaves algebraic patterns";

    void register(Account account) {
        var body = credentials(account).put("name", account.email());
        var tokens = requests.decided(
                account, Call.post("/auth/register", body).withoutKey().slow());
        if (!tokens.succeeded()) throw new IllegalStateException("no registration: " + tokens);
        account.signedIn(tokens);
    }

    void refresh(Account account) {
        if (account.isFresh()) return;
        var body = new JsonObject().put("refresh_token", account.refreshToken());
        var tokens = requests.decided(account, Call.post("/auth/refresh", body).withoutKey());
        // A refresh that was not answered spends the token; after ten seconds it is not answered again.
        if (tokens.status() == 401)
            tokens = requests.decided(
                    account,
                    Call.post("/auth/login", credentials(account)).withoutKey().slow());
        if (tokens.succeeded()) account.signedIn(tokens);
    }

    private static JsonObject credentials(Account account) {
        return new JsonObject().put("email", account.email()).put("password", PASSWORD);
    }
}
