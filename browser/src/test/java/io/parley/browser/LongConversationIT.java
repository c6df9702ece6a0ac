package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A conversation of 10 000 messages. */
@ExtendWith(AppExtension.class)
class LongConversationIT {
    private static final int MESSAGES = 10_000;
    private static final int MOST_ARTICLES = 400;
    private static final int KEYS = 200;

    // Twenty keys per second, as fast as anybody types.
    private static final int KEY_INTERVAL_MILLIS = 50;
    private static final String TYPED = "a";
    // Of the field itself. Reading its height at a key and setting it lays out the page twice more.
    private static final int MOST_LAYOUTS_A_KEY = 2;

    // From the key to the frame that shows it.
    private static final String MEASURE = """
        () => {
          window.keys = [];
          addEventListener('keydown', () => {
            const start = performance.now();
            requestAnimationFrame(() => {
              const shown = new MessageChannel();
              shown.port1.onmessage = () => window.keys.push(performance.now() - start);
              shown.port2.postMessage(null);
            });
          }, true);
        }""";

    @Test
    void opensAtItsNewestAndCanBeTypedIn(Visitor ada) {
        ada.registered();
        importConversation(ada);
        ada.page.navigate("/");
        ada.role(AriaRole.LINK, "Long").click();

        assertThat(articles(ada).last()).containsText("message " + MESSAGES);
        assertThat(articles(ada).last()).isInViewport();
        assertThat(articles(ada).count()).isBetween(1, MOST_ARTICLES);

        // As many as are ever on the page.
        for (int pages = 0; pages < 9; pages++) {
            int oldest = oldest(ada);
            ada.button("Show earlier messages").click();
            ada.page.waitForCondition(() -> oldest(ada) < oldest);
        }
        assertThat(articles(ada).count()).isBetween(300, MOST_ARTICLES);

        var work = new PageWork(ada.page);
        var typing = typing(ada);
        System.out.printf(
                "Typing in a conversation of %d messages: %s, %.1f ms of the page's thread a key%n",
                MESSAGES, typing, work.millis() / KEYS);
        assertThat(work.layouts()).isLessThanOrEqualTo(MOST_LAYOUTS_A_KEY * KEYS);
        assertThat(isPrintedWhole(ada)).isEqualTo(true);
    }

    // What keeps the layout of the log apart on a screen would cut it off at the first page.
    private static Object isPrintedWhole(Visitor ada) {
        ada.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        return ada.role(AriaRole.LOG, "Messages")
                .evaluate("log => log.clientHeight > innerHeight && log.clientHeight === log.scrollHeight");
    }

    private static String typing(Visitor ada) {
        ada.page.evaluate(MEASURE);
        ada.field("Message")
                .pressSequentially(
                        TYPED.repeat(KEYS), new Locator.PressSequentiallyOptions().setDelay(KEY_INTERVAL_MILLIS));
        assertThat(ada.field("Message")).hasValue(TYPED.repeat(KEYS));
        ada.page.waitForFunction("count => window.keys.length === count", KEYS);
        var millis = ((List<?>) ada.page.evaluate("window.keys"))
                .stream().map(each -> ((Number) each).doubleValue()).sorted().toList();
        return "p50 %.1f ms, p99 %.1f ms, max %.1f ms a key"
                .formatted(millis.get(KEYS / 2), millis.get(KEYS * 99 / 100), millis.get(KEYS - 1));
    }

    private static int oldest(Visitor ada) {
        return Integer.parseInt(articles(ada).first().innerText().replaceFirst("(?s).*message (\\d+).*", "$1"));
    }

    private static Locator articles(Visitor ada) {
        return ada.page.getByRole(AriaRole.ARTICLE);
    }

    private static void importConversation(Visitor ada) {
        var messages = IntStream.rangeClosed(1, MESSAGES)
                .mapToObj(number -> "{\"role\": \"%s\", \"content\": \"message %d\"}"
                        .formatted(number % 2 == 0 ? "assistant" : "user", number))
                .collect(Collectors.joining(",", "{\"title\": \"Long\", \"messages\": [", "]}\n"));
        var answer = ada.context
                .request()
                .post(
                        "/api/v1/import",
                        RequestOptions.create()
                                .setData(messages)
                                .setHeader("Content-Type", "application/x-ndjson")
                                .setHeader("Authorization", "Bearer " + ada.token())
                                .setTimeout(180_000));
        assertThat(answer.ok()).as(answer.text()).isTrue();
    }
}
