package io.parley.config.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.util.List;
import net.logstash.logback.composite.GlobalCustomFieldsJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.composite.loggingevent.ThrowableClassNameJsonProvider;
import net.logstash.logback.composite.loggingevent.ThrowableMessageJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;

/** Writes one JSON object a line, with the names of the Elastic Common Schema. */
final class JsonLines {
    /** @param version of this build */
    static Encoder<ILoggingEvent> encoder(LoggerContext context, String version) {
        var encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setContext(context);
        providers(version).forEach(encoder.getProviders()::addProvider);
        encoder.start();
        return encoder;
    }

    private static List<JsonProvider<ILoggingEvent>> providers(String version) {
        var time = new LoggingEventFormattedTimestampJsonProvider();
        time.setTimeZone("UTC");
        time.setPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
        var level = new LogLevelJsonProvider();
        level.setFieldName("log.level");
        var logger = new LoggerNameJsonProvider();
        logger.setFieldName("log.logger");
        var thread = new LoggingEventThreadNameJsonProvider();
        thread.setFieldName("process.thread.name");
        var service = new GlobalCustomFieldsJsonProvider<ILoggingEvent>();
        service.setCustomFields("{\"service.name\":\"parley\",\"service.version\":\"" + version + "\"}");
        var errorType = new ThrowableClassNameJsonProvider();
        errorType.setFieldName("error.type");
        errorType.setUseSimpleClassName(false);
        var errorMessage = new ThrowableMessageJsonProvider();
        errorMessage.setFieldName("error.message");
        var stackTrace = new StackTraceJsonProvider();
        stackTrace.setFieldName("error.stack_trace");
        return List.of(
                time,
                level,
                logger,
                thread,
                new MessageJsonProvider(),
                service,
                new TraceFields(),
                new KeyValuePairsJsonProvider(),
                errorType,
                errorMessage,
                stackTrace);
    }

    private JsonLines() {}
}
