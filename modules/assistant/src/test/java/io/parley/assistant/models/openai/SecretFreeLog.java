package io.parley.assistant.models.openai;

import static io.parley.testing.models.ModelScript.PROVIDERS_OWN_WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What a test logs. Each test fails if that has the key, words of the provider or of the user, or a stack trace. */
final class SecretFreeLog implements BeforeEachCallback, AfterEachCallback {
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.parley");

    List<ILoggingEvent> lines() {
        return appender.list;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        appender.start();
        logger.addAppender(appender);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        logger.detachAppender(appender);
        assertThat(lines())
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains(PROVIDERS_OWN_WORDS))
                .noneMatch(line -> line.contains(Models.ADAS_KEY.value()))
                .noneMatch(line -> line.contains("whispered Ada"));
        assertThat(lines()).allMatch(line -> line.getThrowableProxy() == null);
    }
}
