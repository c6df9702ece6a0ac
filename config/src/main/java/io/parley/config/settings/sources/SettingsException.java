package io.parley.config.settings.sources;

/** A setting that does not exist or whose value cannot be used. The message is one line that names the setting. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String setting, String fault) {
        super(setting + ": " + fault.replaceAll("\\R\\s*", " "));
    }
}
