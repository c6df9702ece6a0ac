package io.parley.users.tokens;

import io.parley.contracts.tokens.Grants;
import io.parley.contracts.tokens.Tokens;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;

/** Answers every request about personal tokens, and about programs that users have let in. */
public record TokenAnswers(TokenRules tokens, GrantRules grants) {
    public Future<?> register(Bus bus) {
        return Future.all(List.of(
                bus.answer(Tokens.CREATE, tokens::create),
                bus.answer(Tokens.FIND, tokens::find),
                bus.answer(Tokens.LIST, tokens::list),
                bus.answer(Tokens.REVOKE, tokens::revoke),
                bus.answer(Tokens.CHECK, query -> grants.areMeant(query) ? grants.check(query) : tokens.check(query)),
                bus.answer(Grants.AUTHORIZE, grants::authorize),
                bus.answer(Grants.REDEEM, grants::redeem),
                bus.answer(Grants.REFRESH, grants::refresh),
                bus.answer(Grants.REVOKE_TOKEN, grants::revokeToken),
                bus.answer(Grants.LIST, grants::list),
                bus.answer(Grants.END, grants::end)));
    }
}
