package io.parley.config.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.parley.config.settings.operations.LogSettings;
import org.slf4j.LoggerFactory;

/** Applies the settings of the log to what {@code logback.xml} has set up. */
public final class LogSetup {
    private static final String CONSOLE = "console";
    private static final String ACCESS = "access";

    /** @param version of this build */
    public static void apply(LogSettings settings, String version) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
        setLevels(context, settings);
        context.getLogger(ACCESS).setLevel(settings.access() ? Level.INFO : Level.OFF);
        if (settings.format() == LogSettings.Format.JSON) writeJson(context, version);
    }

    // Some libraries have a level of their own, which must not be lower than what the operator wants.
    private static void setLevels(LoggerContext context, LogSettings settings) {
        var root = level(settings.level());
        for (var logger : context.getLoggerList())
            if (logger.isAdditive() && logger.getLevel() != null && root.levelInt > logger.getLevel().levelInt)
                logger.setLevel(root);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(root);
        settings.levels().forEach((name, level) -> context.getLogger(name).setLevel(level(level)));
    }

    private static Level level(LogSettings.Level level) {
        return Level.valueOf(level.name());
    }

    private static void writeJson(LoggerContext context, String version) {
        var appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(CONSOLE);
        if (!(appender instanceof ConsoleAppender<ILoggingEvent> console)) return;
        console.stop();
        console.setEncoder(JsonLines.encoder(context, version));
        console.start();
    }

    private LogSetup() {}
}
