package io.parley.config.settings.operations;

import io.parley.config.settings.sources.SettingValues;
import java.util.Optional;

/** Where operators read metrics and health. */
public record ManagementSettings(String host, int port) {
    /** Empty if there is no such port. */
    public static Optional<ManagementSettings> read(SettingValues values) {
        var host = values.required("management.host");
        return values.optional("management.port")
                .map(port -> new ManagementSettings(host, values.number("management.port", 0, 65_535)));
    }
}
