package io.parley.users.limits;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.DerivedKey;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.kernel.limits.Rate;
import io.parley.kernel.limits.Rates;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Keys of buckets: MACs of what they count for, because a plain hash of an address could be reversed by trying all of them. Each rate is
 * part of its key, so that a limit with other numbers starts anew.
 */
public final class BucketKeys {
    private static final Rate NOTICES = new Rate(1, Duration.ofMinutes(1));

    private final DerivedKey key;

    /** @param signingKey the same on every node */
    public BucketKeys(Secret signingKey) {
        this.key = new DerivedKey(signingKey, "parley: buckets of accounts and addresses");
    }

    List<Bucket> ofRegistrations(Rates rates, ClientNetwork network) {
        return buckets("registrations", rates, network.text());
    }

    List<Bucket> ofAddress(Rates rates, ClientNetwork network) {
        return buckets("failures of an address", rates, network.text());
    }

    /** @param email as it would be stored, whether there is an account or not */
    List<Bucket> ofMails(Rates rates, String kind, String email) {
        return buckets("mails", rates, kind, email);
    }

    List<Bucket> ofMailsFrom(Rates rates, ClientNetwork network) {
        return buckets("mails from an address", rates, network.text());
    }

    List<Bucket> ofTurns(Rates rates, UUID userId) {
        return buckets("turns", rates, userId.toString());
    }

    List<Bucket> ofTokens(Rates rates, UUID userId) {
        return buckets("tokens", rates, userId.toString());
    }

    List<Bucket> ofTokens(Rates rates, UUID userId, String model) {
        return buckets("tokens of a model", rates, userId.toString(), model);
    }

    /** @param email as it is stored, whether there is an account or not */
    List<Bucket> ofAccount(Rates rates, String email) {
        return buckets("failures for an account", rates, email);
    }

    /** For one address from which the account has signed in. */
    List<Bucket> ofAccountFrom(ClientNetwork network, Rates rates, String email) {
        return buckets("failures for an account from an address", rates, network.text(), email);
    }

    /** For notices about empty buckets, one a minute. */
    List<Bucket> ofNotices(List<Bucket> buckets) {
        var all = Buffer.buffer("notices");
        buckets.forEach(bucket -> all.appendBuffer(bucket.key()));
        return List.of(new Bucket(Buffer.buffer(key.mac(all.getBytes())), NOTICES));
    }

    /** For something that can be used once. */
    Bucket ofUse(byte[] used, Rate once) {
        return new Bucket(mac("use", Base64.getEncoder().encodeToString(used)), once);
    }

    Buffer ofKnownAddress(ClientNetwork network, String email) {
        return mac("known address", network.text(), email);
    }

    private List<Bucket> buckets(String kind, Rates rates, String... subject) {
        return rates.all().stream()
                .map(rate -> new Bucket(mac(kind, rate.toString(), String.join("\n", subject)), rate))
                .toList();
    }

    // Only the last part, an e-mail address or the name of a model, can contain anything.
    private Buffer mac(String... parts) {
        return Buffer.buffer(key.mac(String.join("\n", parts).getBytes(UTF_8)));
    }
}
