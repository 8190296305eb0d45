<?php
/**
 * Plugin Name: Rejoinder
 * Description: A discussion beneath each post and page, in place of WordPress's own comments.
 *
 * Change the two constants, save this as wp-content/plugins/rejoinder.php and activate it.
 */

const REJOINDER_SERVER = 'https://talk.example';
const REJOINDER_SITE = 'courier';

add_action('wp_enqueue_scripts', function () {
    if (is_singular()) {
        wp_enqueue_script('rejoinder', REJOINDER_SERVER . '/embed.js', [], null, ['strategy' => 'defer']);
    }
});

add_filter('the_content', function ($content) {
    if (!is_singular() || !in_the_loop() || !is_main_query()) {
        return $content;
    }
    return $content . sprintf(
        '<rejoinder-thread site="%s" key="%s"></rejoinder-thread>',
        esc_attr(REJOINDER_SITE),
        esc_url(get_permalink())
    );
});

add_filter('comments_open', '__return_false');
