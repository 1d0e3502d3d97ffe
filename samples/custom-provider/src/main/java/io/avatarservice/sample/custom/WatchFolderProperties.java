package io.avatarservice.sample.custom;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folder shared with the render farm.
 *
 * @param path Folder with the farm's inbox and outbox.
 * @param timeout Time for one call, copying the media included.
 */
@ConfigurationProperties("watch-folder")
record WatchFolderProperties(Path path, @DefaultValue("30s") Duration timeout) {}
