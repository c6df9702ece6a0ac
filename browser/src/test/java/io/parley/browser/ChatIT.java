package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AppExtension.class)
class ChatIT {
    @Test
    void chatsATaskIntoBeingInAllTabs(Visitor ada) {
        ada.registered();
        var other = ada.tab();
        other.navigate("/tasks");
        assertThat(other.getByText("Nothing to do.")).isVisible();

        ada.say("remind me to pack for Turin tomorrow at 5pm");

        ada.page.waitForURL(Pattern.compile("/c/"));
        assertThat(articles(ada, "Assistant").last()).containsText("pack for Turin");
        assertThat(other.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("pack for Turin")))
                .isVisible();
        ada.page.reload();
        assertThat(articles(ada, "You")).hasCount(1);
        assertThat(ada.field("Message")).isFocused();
    }

    @Test
    void saysATextOnceHoweverOftenEnterIsPressed(Visitor ada) {
        ada.registered();
        ada.field("Message").fill("help");
        for (int times = 0; times < 3; times++) ada.field("Message").press("Enter");
        assertThat(articles(ada, "Assistant")).hasCount(1);
        assertThat(articles(ada, "You")).hasCount(1);
    }

    @Test
    void linksTheTaskThatAToolMade(Visitor ada) {
        ada.registered();
        ada.say("add task Water the ferns");
        var link = ada.page
                .getByRole(AriaRole.LOG)
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions()
                                .setName("Water the ferns")
                                .setExact(true));
        assertThat(link).isVisible();
        ada.page.reload();
        assertThat(link).isVisible();
        link.click();

        assertThat(ada.page.getByRole(AriaRole.DIALOG)).isVisible();
    }

    @Test
    void keepsWhatWasTyped(Visitor ada) {
        ada.registered();
        ada.field("Message").fill("not sent yet");
        ada.page.reload();
        assertThat(ada.field("Message")).hasValue("not sent yet");

        ada.expectFault("net::ERR_INTERNET_DISCONNECTED");
        ada.context.setOffline(true);
        ada.page.navigate("about:blank");
        ada.context.setOffline(false);
        ada.page.navigate("/");
        assertThat(ada.field("Message")).hasValue("not sent yet");
    }

    @Test
    void showsHostileTextAsText(Visitor ada) {
        ada.registered();
        ada.say("<img src=x onerror=alert(1)> [a](javascript:alert(1))");
        assertThat(articles(ada, "You").first()).hasText("<img src=x onerror=alert(1)> [a](javascript:alert(1))");
        assertThat(ada.page.locator("main img")).hasCount(0);
    }

    @Test
    void coloursCodeAndDrawsFormulas(Visitor ada) {
        ada.registered();
        var path = ada.conversation("assistant", """
            ```java
            // doubled
            int twice(int x) { return 2 * x; }
            ```

            Pythagoras says $a^2 + b^2 = c^2$, and $\\frac{1$ is none.
            """);

        ada.page.navigate(path);

        var answer = articles(ada, "Assistant").first();
        assertThat(answer.locator("code .code-comment")).hasText("// doubled");
        assertThat(answer.locator("code .code-keyword").first()).hasText("return");
        assertThat(answer.locator("math msup")).hasCount(3);
        assertThat(answer).containsText("$\\frac{1$ is none");
    }

    @Test
    void readsListsAndQuotationsFromTheSideOfTheirText(Visitor ada) {
        ada.registered();
        ada.page.navigate(ada.conversation("assistant", "- قائمة\n- أخرى\n\n> اقتباس\n\n1. One\n"));
        var answer = articles(ada, "Assistant").first();
        assertThat(answer.locator("ul")).hasCSS("direction", "rtl");
        assertThat(answer.locator("blockquote")).hasCSS("direction", "rtl");
        assertThat(answer.locator("ol")).hasCSS("direction", "ltr");
    }

    @Test
    void branchesByEditingAndStepsBetweenVersions(Visitor ada) {
        ada.registered();
        ada.say("help");
        assertThat(articles(ada, "Assistant")).hasCount(1);
        ada.button("Edit message").click();
        ada.field("Edit message").fill("what do I have to do?");
        ada.button("Save and send").click();
        assertThat(ada.page.getByText("2 of 2")).isVisible();
        ada.button("Previous version").click();
        assertThat(articles(ada, "You")).hasCount(1);
        assertThat(articles(ada, "You").locator(".own-text")).hasText("help");
    }

    @Test
    void keepsWhatIsBeingEditedWhileAnotherTabEditsTheSame(Visitor ada) {
        ada.registered();
        ada.say("help");
        assertThat(ada.button("Regenerate")).isEnabled();
        var other = ada.tab();
        other.navigate(ada.page.url());
        button(other, "Edit message").click();
        var text = other.getByLabel("Edit message", new Page.GetByLabelOptions().setExact(true));
        text.fill("what is overdue?");
        ada.button("Edit message").click();
        ada.field("Edit message").fill("what do I have to do?");
        ada.button("Save and send").click();
        assertThat(ada.page.getByText("2 of 2")).isVisible();
        assertThat(ada.button("Regenerate").first()).isEnabled();
        // The other tab has heard of it when its list of conversations has.
        assertThat(other.locator(".preview")).not().containsText("I am Parley's command language");

        assertThat(text).hasValue("what is overdue?");
        button(other, "Save and send").click();
        assertThat(other.getByText("3 of 3")).isVisible();
        assertThat(ada.page.getByText("3 of 3")).isVisible();
    }

    @Test
    void bringsADeletedConversationBack(Visitor ada) {
        ada.registered();
        ada.say("help");
        assertThat(ada.button("Regenerate")).isEnabled();
        ada.button("Delete conversation").click();
        assertThat(ada.heading("New conversation")).isVisible();
        ada.button("Undo").click();
        ada.page.waitForURL(Pattern.compile("/c/"));
        assertThat(articles(ada, "Assistant")).hasCount(1);
    }

    @Test
    void keepsInstructionsOfAConversation(Visitor ada) {
        ada.registered();
        ada.say("help");
        ada.button("Instructions of this conversation").click();
        ada.field("Instructions").fill("Answer in verse.");
        // What is typed survives a reload, here as everywhere.
        ada.page.reload();
        ada.button("Instructions of this conversation").click();
        assertThat(ada.field("Instructions")).hasValue("Answer in verse.");
        ada.button("Save").click();
        assertThat(ada.role(AriaRole.DIALOG, "Instructions of this conversation"))
                .hasCount(0);
        assertThat(ada.button("Instructions of this conversation")).isFocused();
        ada.page.reload();
        ada.button("Instructions of this conversation").click();
        assertThat(ada.field("Instructions")).hasValue("Answer in verse.");
    }

    @Test
    void keepsANameAndInstructionsThatAreNotSavedYet(Visitor ada) {
        ada.registered();
        ada.say("help");
        ada.button("Rename conversation").click();
        ada.field("Title").fill("Errands");
        ada.page.reload();
        ada.button("Rename conversation").click();
        assertThat(ada.field("Title")).hasValue("Errands");
        ada.button("Save").click();
        assertThat(ada.role(AriaRole.HEADING, "Errands")).isVisible();

        ada.page.navigate("/settings");
        ada.field("Instructions for every conversation").fill("Answer in verse.");
        ada.page.reload();
        assertThat(ada.field("Instructions for every conversation")).hasValue("Answer in verse.");
        ada.button("Save instructions").click();
        ada.field("Instructions for every conversation").fill("");
        ada.page.reload();
        assertThat(ada.field("Instructions for every conversation")).hasValue("Answer in verse.");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator articles(Visitor visitor, String name) {
        return visitor.role(AriaRole.LOG, "Messages")
                .getByRole(
                        AriaRole.ARTICLE,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
