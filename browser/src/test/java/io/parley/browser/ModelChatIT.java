package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Chat with a model that takes files. */
class ModelChatIT {
    private static final ScriptedModel MODEL = ScriptedModel.start(Vertx.vertx());

    @RegisterExtension
    static final AppExtension APP = new AppExtension(
            "127.0.0.1",
            Map.of(
                    "PARLEY_ASSISTANT_BASE_URL",
                    MODEL.baseUrl().toString(),
                    "PARLEY_ASSISTANT_MODEL",
                    ModelEvents.MODEL + ",other",
                    "PARLEY_ASSISTANT_IMAGES",
                    "true",
                    "PARLEY_ASSISTANT_TITLES",
                    "false"));

    @Test
    void bringsTheWholeAnswerBackWithAConversationThatWasDeletedMeanwhile(Visitor ada) {
        ada.registered();
        ada.say("Tell me a story");
        var answer = Answers.of(MODEL.next());
        answer.write(ModelEvents.text("Once "));
        assertThat(articles(ada, "Assistant")).containsText("Once");
        ada.button("Delete conversation").click();
        assertThat(ada.heading("New conversation")).isVisible();

        answer.write(ModelEvents.text("upon a time.") + ModelEvents.finish("stop") + ModelEvents.DONE);
        answer.end();
        ada.button("Undo").click();

        ada.page.waitForURL(Pattern.compile("/c/"));
        assertThat(articles(ada, "Assistant")).hasCount(1);
        assertThat(articles(ada, "Assistant")).containsText("Once upon a time.");
    }

    @Test
    void offersToTryAgainAfterAReload(Visitor ada) {
        ada.registered();
        MODEL.plays(ModelScript.status(401));
        ada.say("Tell me a story");
        assertThat(ada.button("Try again")).isVisible();
        ada.page.reload();
        assertThat(ada.button("Try again")).isVisible();
        Answers.of(MODEL.next());

        MODEL.plays(ModelScript.answer("Once upon a time."));
        ada.button("Try again").click();

        assertThat(articles(ada, "Assistant")).containsText("Once upon a time.");
        assertThat(articles(ada, "You")).hasCount(1);
        assertThat(ada.button("Try again")).hasCount(0);
        Answers.of(MODEL.next());
    }

    @Test
    void keepsTheModelThatWasChosenForANewConversation(Visitor ada) {
        ada.registered();
        var model = ada.role(AriaRole.COMBOBOX, "Model");
        model.selectOption(new SelectOption().setIndex(2));
        for (var question : new String[] {"And a story?", "And another one?"}) {
            MODEL.plays(ModelScript.answer("Told."));
            ada.say(question);
            Assertions.assertThat(Answers.of(MODEL.next()).body().getString("model"))
                    .isEqualTo("other");
            assertThat(ada.button("Send")).isVisible();
        }
        ada.page.reload();
        assertThat(model).hasValue(Pattern.compile("other"));
    }

    @Test
    void sendsFilesWithAMessage(Visitor ada) {
        ada.registered();
        MODEL.plays(ModelScript.answer("They need shade."));
        var chooser =
                ada.page.waitForFileChooser(() -> ada.button("Attach files").press("Enter"));
        chooser.setFiles(new FilePayload[] {file("ferns.txt", "Ferns"), file("other.txt", "Others")});
        assertThat(attachments(ada.page.locator("form"))).containsText("ferns.txt");
        ada.button("Remove other.txt").click();
        assertThat(ada.field("Message")).isFocused();
        assertThat(ada.button("Send")).isEnabled();
        ada.say("What is in it?");

        assertThat(articles(ada, "Assistant")).containsText("They need shade.");
        assertThat(attachments(articles(ada, "You"))).hasText(Pattern.compile("^ferns\\.txt"));
        assertThat(articles(ada, "You")).containsText("What is in it?");
        assertThat(attachments(ada.page.locator("form"))).hasCount(0);
        Assertions.assertThat(Answers.of(MODEL.next()).body().encode()).contains("What is in it?", "Ferns");
        var saved =
                ada.page.waitForDownload(() -> ada.button("Download ferns.txt").click());
        Assertions.assertThat(saved.suggestedFilename()).isEqualTo("ferns.txt");
        PageCheck.of(ada.page, "a message with a file");
    }

    @Test
    void keepsFilesThatCouldNotBeSent(Visitor ada) {
        ada.registered();
        var chooser =
                ada.page.waitForFileChooser(() -> ada.button("Attach files").click());
        chooser.setFiles(file("ferns.bin", "\u0000\u0001"));
        assertThat(ada.button("Send")).isEnabled();
        ada.say("What is in it?");

        assertThat(ada.page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("file")))
                .isVisible();
        assertThat(attachments(ada.page.locator("form"))).containsText("ferns.bin");
        assertThat(ada.field("Message")).hasValue("What is in it?");
        ada.expectFault("400");
    }

    @Test
    void keepsFilesThatWereNotSentYetOverAReload(Visitor ada) {
        ada.registered();
        MODEL.plays(ModelScript.answer("They need shade."));
        var chooser =
                ada.page.waitForFileChooser(() -> ada.button("Attach files").click());
        chooser.setFiles(new FilePayload[] {file("ferns.txt", "Ferns"), file("other.txt", "Others")});
        assertThat(ada.button("Send")).isEnabled();
        ada.page.reload();
        assertThat(attachments(ada.page.locator("form"))).containsText("other.txt");
        ada.button("Remove other.txt").click();
        ada.page.reload();
        assertThat(attachments(ada.page.locator("form"))).hasText(Pattern.compile("^\\s*ferns\\.txt\\s*×\\s*$"));
        ada.say("What is in it?");

        assertThat(articles(ada, "Assistant")).containsText("They need shade.");
        Assertions.assertThat(Answers.of(MODEL.next()).body().encode())
                .contains("What is in it?", "Ferns")
                .doesNotContain("Others");
        ada.page.reload();
        assertThat(attachments(articles(ada, "You"))).containsText("ferns.txt");
        assertThat(attachments(ada.page.locator("form"))).hasCount(0);
    }

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "text/plain", content.getBytes(UTF_8));
    }

    private static Locator attachments(Locator within) {
        return within.getByRole(
                AriaRole.LIST,
                new Locator.GetByRoleOptions().setName("Attachments").setExact(true));
    }

    private static Locator articles(Visitor visitor, String name) {
        return visitor.page
                .getByRole(
                        AriaRole.LOG,
                        new Page.GetByRoleOptions().setName("Messages").setExact(true))
                .getByRole(
                        AriaRole.ARTICLE,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
