package io.avatarservice.server.cli;

import io.avatarservice.server.torch.model.Model;
import java.util.Set;

/** The files of SadTalker that the {@code models} commands act on, as the user names them. */
enum ModelSelection {
    SIZE_256("256", Model.forSize(256)),
    SIZE_512("512", Model.forSize(512)),
    ALL("all", Model.forSadTalker());

    private final String word;
    private final Set<Model> models;

    ModelSelection(String word, Set<Model> models) {
        this.word = word;
        this.models = models;
    }

    Set<Model> models() {
        return models;
    }

    /** The word on the command line, and how picocli and messages show it. */
    @Override
    public String toString() {
        return word;
    }
}
