package io.parley.gateway.routes.webhooks;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.parley.contracts.webhooks.Webhook.DisabledReason;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.gateway.auth.TokenResponse.Revealed;
import io.parley.kernel.Resource;
import io.parley.kernel.Secret;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A webhook with its secret, which is shown this once. */
record NewWebhook(
        UUID id,
        UUID userId,
        String url,
        List<String> events,
        @Nullable String description,
        boolean isActive,
        @Nullable DisabledReason disabledReason,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt,
        @JsonSerialize(using = Revealed.class) Secret secret)
        implements Resource {

    static NewWebhook of(Webhooks.Created created) {
        var webhook = created.webhook();
        return new NewWebhook(
                webhook.id(),
                webhook.userId(),
                webhook.url(),
                webhook.events(),
                webhook.description(),
                webhook.isActive(),
                webhook.disabledReason(),
                webhook.failingSince(),
                webhook.createdAt(),
                webhook.updatedAt(),
                created.secret());
    }
}
