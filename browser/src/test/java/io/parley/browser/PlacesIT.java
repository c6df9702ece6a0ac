package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where conversations are kept, and several tasks at once. */
@ExtendWith(AppExtension.class)
class PlacesIT {
    @Test
    void pinsAndArchivesAConversation(Visitor ada) {
        ada.registered();
        ada.say("help");
        assertThat(ada.button("Archive conversation")).isVisible();
        assertThat(ada.button("Send")).isVisible();
        var link = conversations(ada).getByRole(AriaRole.LINK);
        assertThat(link).hasCount(1);
        ada.button("Pin conversation").click();
        assertThat(ada.button("Unpin conversation")).isVisible();
        ada.button("Archive conversation").click();
        assertThat(link).hasCount(0);
        ada.button("Archive").click();
        assertThat(link).hasCount(1);
        ada.button("Archive").click();
        assertThat(link).hasCount(0);
        ada.button("Undo").click();
        assertThat(link).hasCount(1);
    }

    @Test
    void findsAConversationInTheList(Visitor ada) {
        ada.registered();
        ada.conversation("user", "About ferns");
        ada.page.navigate("/");
        ada.say("help");
        var links = conversations(ada).getByRole(AriaRole.LINK);
        assertThat(links).hasCount(2);
        ada.role(AriaRole.SEARCHBOX, "Find conversation").fill("told");
        assertThat(links).hasCount(1);
        ada.role(AriaRole.SEARCHBOX, "Find conversation").fill("nowhere");
        assertThat(conversations(ada)).containsText("Nothing found.");
        ada.role(AriaRole.SEARCHBOX, "Find conversation").press("Escape");
        assertThat(links).hasCount(2);
    }

    @Test
    void keepsAConversationThatBeginsWhileTheListIsRead(Visitor ada) {
        ada.registered();
        ada.conversation("user", "About ferns");
        ada.expectFault("net::ERR_FAILED");
        var reading = HeldAnswers.of(ada.page, "**/conversations?include=preview**");
        ada.page.navigate("/");
        reading.await(2);
        ada.say("help");
        assertThat(ada.role(AriaRole.LOG, "Messages").getByRole(AriaRole.ARTICLE))
                .hasCount(2);
        assertThat(ada.button("Send")).isVisible();
        reading.release();
        var links = conversations(ada).getByRole(AriaRole.LINK);
        assertThat(links.filter(new Locator.FilterOptions().setHasText("Told"))).hasCount(1);
        assertThat(links.filter(new Locator.FilterOptions().setHasText("help"))).hasCount(1);
    }

    @Test
    void reachesEverythingAtTheSideOnALowScreen(Visitor ada) {
        ada.registered();
        // 1280 by 800 at 200 % zoom.
        ada.page.setViewportSize(640, 400);
        ada.button("Open menu").click();
        ada.button("Sign out").hover();
        assertThat(ada.button("Sign out")).isInViewport();
        ada.button("Sign out").click();
        assertThat(ada.heading("Sign in")).isVisible();
    }

    @Test
    void leavesTheFieldFreeWhenItOffersUndo(Visitor ada) {
        ada.registered();
        ada.say("help");
        assertThat(ada.button("Regenerate")).isEnabled();
        ada.button("Delete conversation").click();
        assertThat(ada.button("Undo")).isVisible();
        var offer = ada.page.locator(".toast").boundingBox();
        var field = ada.page.locator(".composer").boundingBox();
        Assertions.assertThat(offer.y + offer.height).isLessThanOrEqualTo(field.y);
    }

    @Test
    void completesAndDeletesSeveralTasks(Visitor ada) {
        ada.registered();
        ada.page.navigate("/tasks");
        for (var title : new String[] {"one", "two", "three"}) {
            ada.field("New task").fill(title);
            ada.button("Add").click();
            assertThat(ada.role(AriaRole.CHECKBOX, title)).isVisible();
        }
        ada.button("Select tasks").click();
        ada.role(AriaRole.CHECKBOX, "Select one").click();
        ada.role(AriaRole.CHECKBOX, "Select two").click();
        ada.button("Complete selected").click();
        assertThat(ada.role(AriaRole.CHECKBOX, "one")).isChecked();
        assertThat(ada.role(AriaRole.CHECKBOX, "two")).isChecked();
        assertThat(ada.role(AriaRole.CHECKBOX, "three")).not().isChecked();
        ada.button("Select tasks").click();
        ada.button("Select all").click();
        ada.button("Delete selected").click();
        assertThat(ada.page.getByText("Nothing to do.")).isVisible();
        ada.button("Undo").last().click();
        assertThat(ada.role(AriaRole.CHECKBOX, "three")).isVisible();
    }

    private static Locator conversations(Visitor visitor) {
        return visitor.page.getByRole(
                AriaRole.NAVIGATION,
                new Page.GetByRoleOptions().setName("Conversations").setExact(true));
    }
}
