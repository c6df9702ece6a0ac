package io.parley.webhooks.delivery;

import io.parley.contracts.users.StoredSecrets.Place;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that this node alone delivers to for a while.
 *
 * @param ciphertexts of the secrets to sign with, the current one first
 * @param failingSince null unless the last attempt failed
 * @param busyUntil when another node may take it
 */
record ClaimedWebhook(
        Place place,
        String url,
        List<Buffer> ciphertexts,
        @Nullable Instant failingSince,
        Instant busyUntil) {}
