package io.lanewise.tokenizers.processors;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;

import static io.lanewise.LanewiseException.quote;

/**
 * Special tokens around texts as a template says. A special token may stand for several ids.
 */
final class TemplateProcessing {

    /** Each part may stand for as many tokens as its file likes to name, so that they multiply. */
    private static final int MOST_PARTS = 1_000;

    private TemplateProcessing() {}

    static PostProcessor read(Json json) {
        Json specials = json.get("special_tokens");
        List<Part> single = template(json.get("single"), specials);
        List<Part> pair = template(json.get("pair"), specials);
        if (single.stream().anyMatch(part -> part instanceof Part.Text text && text.second())) {
            throw new LanewiseException("the template of one text must not name a second: " + json.path() + ".single");
        }
        return new PostProcessor(single, pair, texts(single), texts(pair), List.of());
    }

    private static List<Part> texts(List<Part> parts) {
        return parts.stream().filter(Part.Text.class::isInstance).toList();
    }

    private static List<Part> template(Json json, Json specials) {
        List<Part> parts = new ArrayList<>();
        for (Json piece : json.list()) {
            add(piece, specials, parts);
            if (parts.size() > MOST_PARTS) {
                throw new LanewiseException("a template must not have more than %d parts: %s".formatted(MOST_PARTS,
                        json.path()));
            }
        }
        return List.copyOf(parts);
    }

    private static void add(Json piece, Json specials, List<Part> parts) {
        if (piece.members().size() == 1 && piece.has("Sequence")) {
            Json text = piece.get("Sequence");
            boolean second = switch (text.get("id").text()) {
                case "A" -> false;
                case "B" -> true;
                default -> throw text.get("id").unknown(List.of("A", "B"));
            };
            parts.add(new Part.Text(second, text.get("type_id").count()));
        } else if (piece.members().size() == 1 && piece.has("SpecialToken")) {
            Json token = piece.get("SpecialToken");
            addSpecial(token.get("id"), token.get("type_id").count(), specials, parts);
        } else {
            throw new LanewiseException(piece.path() + " must have one member of [Sequence, SpecialToken]: found "
                    + piece.members().keySet());
        }
    }

    private static void addSpecial(Json name, int type, Json specials, List<Part> parts) {
        if (!specials.has(name.text())) {
            throw new LanewiseException(
                    "a template's token must be among its special_tokens: %s=%s, known are %s".formatted(
                            name.path(), quote(name.text()), specials.members().keySet()));
        }
        for (Json id : specials.get(name.text()).get("ids").list()) {
            parts.add(new Part.Special(id.count(), type));
        }
    }
}
