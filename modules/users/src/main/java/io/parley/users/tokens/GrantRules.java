package io.parley.users.tokens;

import io.parley.contracts.tokens.Grant;
import io.parley.contracts.tokens.Grants;
import io.parley.contracts.tokens.Grants.Authorized;
import io.parley.contracts.tokens.Grants.Issued;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.users.Sessions;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.crypto.DerivedKey;
import io.parley.kernel.crypto.Sha256;
import io.parley.kernel.crypto.UserToken;
import io.parley.storage.Database;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** The rules of programs that users let in through OAuth. */
public final class GrantRules {
    private static final String CODE_PREFIX = "oac_";

    private final GrantStore store;
    private final GrantTokenStore tokens;
    private final GrantUseStore use;
    private final SessionRules sessions;
    private final DerivedKey key;
    private final Duration grace;

    public GrantRules(Database database, SessionRules sessions, SessionSettings settings) {
        this.store = new GrantStore(database);
        this.tokens = new GrantTokenStore(database);
        this.use = new GrantUseStore(database);
        this.sessions = sessions;
        this.key = new DerivedKey(settings.signingKey(), "parley: OAuth tokens");
        this.grace = settings.refreshGrace();
    }

    public Future<Authorized> authorize(Grants.Authorize command) {
        var code = UserToken.create(CODE_PREFIX, command.caller().userId());
        return store.count(command.caller())
                .compose(count ->
                        count < Grants.MAX_PER_USER ? store.insert(command, code) : Future.failedFuture(full()))
                .map(inserted -> {
                    if (!inserted) throw Problem.unauthenticated("The account is not active.");
                    return new Authorized(code.token());
                });
    }

    private static Problem full() {
        return Problem.conflict(
                "", "You have already let " + Grants.MAX_PER_USER + " programs in. Remove one of them first.");
    }

    public Future<Issued> redeem(Grants.Redeem command) {
        var code = UserToken.parse(CODE_PREFIX, command.code()).orElseThrow(GrantRules::refused);
        var pair = TokenPair.create(code.userId(), key);
        return tokens.redeem(command, code, challenge(command.verifier()), pair)
                .compose(redeemed -> redeemed.map(grant -> Future.succeededFuture(issued(grant, pair)))
                        .orElseGet(() -> refuse(store.endByUsedCode(code, command.client()))));
    }

    private static String challenge(Secret verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier.value()));
    }

    public Future<Issued> refresh(Grants.Refresh command) {
        var used =
                UserToken.parse(Grants.REFRESH_PREFIX, command.refreshToken()).orElseThrow(GrantRules::refused);
        var next = TokenPair.after(used, key);
        return tokens.rotate(command.clientId(), used, next, grace)
                .compose(rotated -> rotated.isPresent()
                        ? Future.succeededFuture(rotated)
                        : tokens.findRepeated(command.clientId(), used, next))
                .compose(found -> found.map(grant -> Future.succeededFuture(issued(grant, next)))
                        .orElseGet(() -> refuse(store.endBySpentToken(used, command.client()))));
    }

    private static Issued issued(GrantTokenStore.Live grant, TokenPair pair) {
        return new Issued(
                pair.access().token(), pair.refresh().token(), grant.scopes(), Duration.ofSeconds(grant.secondsLeft()));
    }

    // What comes twice is in two hands.
    private Future<Issued> refuse(Future<List<UUID>> ended) {
        return ended.map(sessions::announceEnded).compose(announced -> Future.failedFuture(refused()));
    }

    private static Problem refused() {
        return Problem.unauthenticated("It is unknown, has expired, was already used or is another client's.");
    }

    public Future<Sessions.Ended> revokeToken(Grants.RevokeToken command) {
        return UserToken.parse(Grants.ACCESS_PREFIX, command.token())
                .or(() -> UserToken.parse(Grants.REFRESH_PREFIX, command.token()))
                .map(token -> store.endByToken(token, command.clientId(), command.client()))
                .orElseGet(() -> Future.succeededFuture(List.of()))
                .map(sessions::announceEnded);
    }

    public Future<Page<Grant>> list(Grants.ListMine query) {
        return store.list(query);
    }

    public Future<Sessions.Ended> end(Grants.End command) {
        return store.end(command).map(sessions::announceEnded);
    }

    /** Ends all of a user's grants. */
    public Future<Sessions.Ended> endAll(UUID userId) {
        return store.endAll(userId).map(sessions::announceEnded);
    }

    /** Whether the token is one of a grant. */
    public boolean areMeant(Tokens.Check query) {
        return query.token().value().startsWith(Grants.ACCESS_PREFIX);
    }

    public Future<Tokens.Checked> check(Tokens.Check query) {
        return use.check(query);
    }

    /** Returns the number of deleted rows. */
    public Future<Integer> deleteExpired() {
        return store.deleteExpired();
    }
}
