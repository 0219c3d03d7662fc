package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.lanewise.tokenizers.models.Model;
import io.lanewise.tokenizers.models.Trie;
import io.lanewise.tokenizers.normalizers.Normalizer;
import io.lanewise.tokenizers.text.AlignedText;

/**
 * The tokens that a file adds to its model's. A token that the model has keeps its id; others get the ids behind the model's, in
 * the order of the file: the ids that the file says are not looked at. Immutable.
 */
final class AddedTokens {

    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final Map<Integer, AddedToken> byId = new TreeMap<>();
    private final Set<String> specials = new HashSet<>(); // contents that any token of the file calls special
    private final int[] sortedIds;
    private final AddedToken[] sorted; // by place in the sorted ids
    private int idEnd;
    private final AddedMatcher raw;
    private final AddedMatcher normalized;

    AddedTokens(List<AddedToken> added, Model model, Normalizer normalizer) {
        Set<AddedToken> present = new HashSet<>(); // the tokens by id
        List<AddedToken> searched = new ArrayList<>();
        for (AddedToken token : added) {
            if (token.special() && !token.content().isEmpty() && specials.add(token.content())) {
                searched.add(token);
            }
        }
        for (AddedToken token : added) {
            if (!token.content().isEmpty() && present.add(token)) {
                present.remove(put(token, model));
                if (!specials.contains(token.content())) {
                    searched.add(token);
                }
            }
        }
        sortedIds = byId.keySet().stream().mapToInt(Integer::intValue).toArray();
        sorted = byId.values().toArray(AddedToken[]::new);
        raw = matcher(searched.stream().filter(token -> !token.normalized()).toList(), null);
        normalized = matcher(searched.stream().filter(AddedToken::normalized).toList(), normalizer);
    }

    /** Gives a token its id, and returns the one that had it before, or null. */
    private AddedToken put(AddedToken token, Model model) {
        Integer known = ids.get(token.content());
        int id = known != null ? known : model.vocabulary().find(token.content());
        if (id == Trie.NONE) {
            id = Math.max(idEnd, model.size());
        }
        idEnd = Math.max(idEnd, id + 1);
        ids.put(token.content(), id);
        return byId.put(id, token);
    }

    private AddedMatcher matcher(List<AddedToken> tokens, Normalizer normalizer) {
        if (tokens.isEmpty()) {
            return null;
        }
        List<String> contents = tokens.stream().map(token -> normalize(token.content(), normalizer)).toList();
        int[] tokenIds = tokens.stream().mapToInt(token -> ids.get(token.content())).toArray();
        AddedToken[] latest = new AddedToken[tokenIds.length];
        for (int i = 0; i < latest.length; i++) {
            latest[i] = byId.get(tokenIds[i]);
        }
        return new AddedMatcher(contents, latest, tokenIds, specials);
    }

    private static String normalize(String content, Normalizer normalizer) {
        if (normalizer == null) {
            return content;
        }
        AlignedText text = new AlignedText();
        text.load(content, 0, content.length());
        normalizer.normalize(text);
        return text.substring(0, text.length());
    }

    /** Returns what finds tokens in a text as it came, or null where there are none of that kind. */
    AddedMatcher raw() {
        return raw;
    }

    /** Returns what finds tokens in a normalized text, or null where there are none of that kind. */
    AddedMatcher normalized() {
        return normalized;
    }

    /** Says whether a token is none of a text's own words. */
    boolean isSpecial(String token) {
        return specials.contains(token);
    }

    /** Returns an added token's id, or null. */
    Integer id(String content) {
        return ids.get(content);
    }

    /** Returns the added token of an id, or null. */
    AddedToken token(int id) {
        int place = Arrays.binarySearch(sortedIds, id);
        return place < 0 ? null : sorted[place];
    }

    /** Returns the first number that is larger than every id. */
    int idEnd() {
        return idEnd;
    }
}
