package io.parley.users.limits;

import io.parley.contracts.users.Users.Client;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Learns that attempts to sign in are refused, once a minute and bucket. */
public interface LimitNotice {
    /** @param email of the account whose attempts are used up, if there is one; null if those of the address are */
    Future<Void> limited(Client client, @Nullable String email);
}
