package io.avatarservice.sample.custom;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All that the starter needs: a bean. {@code avatar.provider=watch-folder} selects it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchFolderProperties.class)
public class WatchFolderConfiguration {

    @Bean
    WatchFolderAvatarProvider watchFolderAvatarProvider(WatchFolderProperties folder) {
        return new WatchFolderAvatarProvider(folder.path(), folder.timeout());
    }
}
