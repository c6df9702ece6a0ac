package io.parley.testing;

import io.parley.contracts.assistant.Chat;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Answers for the assistant: users can use tern-1 and tern-2 of one provider, and kea-1 of another. */
public final class ModelsFake {
    public static Future<?> answer(Bus bus) {
        return bus.answer(Chat.CHECK_MODEL, ModelsFake::check);
    }

    private static Future<None> check(Chat.CheckModel query) {
        var prefix = "/" + query.fieldPrefix();
        var provider = query.provider();
        var model = query.model();
        if (provider != null && !provider.matches("tern|kea"))
            throw Problem.invalid(prefix + "provider", "is not a provider that you can use");
        if (model != null && !has(provider, model)) throw Problem.invalid(prefix + "model", "is not one of its models");
        return Future.succeededFuture(None.NONE);
    }

    private static boolean has(@Nullable String provider, String model) {
        return model.matches("tern-[12]|kea-1") && (provider == null || model.startsWith(provider + "-"));
    }

    private ModelsFake() {}
}
