package io.parley.webhooks;

import static io.parley.testing.Fixtures.alan;

import io.parley.contracts.users.Mails;
import io.parley.contracts.users.StoredSecrets;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everybody but Alan is active. What it encrypts begins with five bytes like the keyset's. */
public final class UsersFake {
    public static final String PREFIX = "first";

    /** Whom mails would have been sent to. */
    public final List<UUID> told = new CopyOnWriteArrayList<>();

    public Future<?> answer(Bus bus) {
        return Future.all(
                bus.answer(Users.FIND, query -> Future.succeededFuture(user(query))),
                bus.answer(StoredSecrets.ENCRYPT, UsersFake::encrypt),
                bus.answer(StoredSecrets.DECRYPT, UsersFake::decrypt),
                bus.answer(Mails.WEBHOOK_OFF, notice -> {
                    told.add(notice.userId());
                    return Future.succeededFuture(None.NONE);
                }));
    }

    private static Future<StoredSecrets.Sealed> encrypt(StoredSecrets.Encrypt command) {
        var plain = PREFIX + command.place() + command.secret().value();
        return Future.succeededFuture(new StoredSecrets.Sealed(command.place(), base64(plain)));
    }

    private static Future<StoredSecrets.Opened> decrypt(StoredSecrets.Sealed query) {
        var plain = new String(Base64.getDecoder().decode(query.ciphertext()), StandardCharsets.UTF_8);
        var place = query.place().toString();
        return plain.startsWith(place, PREFIX.length())
                ? Future.succeededFuture(
                        new StoredSecrets.Opened(new Secret(plain.substring(PREFIX.length() + place.length()))))
                : Future.failedFuture("bound to another row");
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static User user(Users.Find query) {
        var caller = query.caller();
        return new User(
                caller.userId(),
                "somebody@example.org",
                false,
                null,
                null,
                caller.role(),
                false,
                !caller.userId().equals(alan.userId()),
                User.Theme.SYSTEM,
                "Europe/Berlin",
                null,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
