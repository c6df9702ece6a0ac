package io.parley.config.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Keeps the log out of a command's output: only warnings and security events are logged, to standard error. */
final class QuietLogging {
    /** Changes the loggers that there are, because a class that logs may have been loaded before the command is known. */
    static void enable() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        for (var logger : context.getLoggerList())
            logger.iteratorForAppenders().forEachRemaining(QuietLogging::useStandardError);
    }

    private static void useStandardError(Appender<ILoggingEvent> appender) {
        if (!(appender instanceof ConsoleAppender<ILoggingEvent> console)) return;
        console.stop();
        console.setTarget("System.err");
        console.start();
    }

    private QuietLogging() {}
}
