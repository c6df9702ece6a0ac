package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;

/** How many instances of each verticle run in this process. */
public record InstanceSettings(
        int gateway,
        int users,
        int conversations,
        int messages,
        int tasks,
        int files,
        int idempotency,
        int changes,
        int assistant) {
    private static final int MAX = 256;

    static InstanceSettings read(SettingValues values) {
        return new InstanceSettings(
                read(values, "gateway"),
                read(values, "users"),
                read(values, "conversations"),
                read(values, "messages"),
                read(values, "tasks"),
                read(values, "files"),
                read(values, "idempotency"),
                read(values, "changes"),
                read(values, "assistant"));
    }

    private static int read(SettingValues values, String verticle) {
        int number = values.number("instances." + verticle, 0, MAX);
        return number == 0 ? VertxSettings.EVENT_LOOPS : number;
    }
}
