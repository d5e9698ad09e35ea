-- Which paths do the rows of the manifest have? Two parts, between which half of them take an id.
CREATE OR REPLACE MACRO word(thing, use) AS pick(getvariable('words'), pow(u(thing, use), 1.5));
CREATE OR REPLACE MACRO year_month(thing, use) AS
    (2012 + floor(14 * u(thing, use)))::INTEGER || '/'
    || lpad((1 + floor(12 * u(thing, use + 1)))::INTEGER::VARCHAR, 2, '0');
CREATE OR REPLACE MACRO digits(thing, use, count) AS
    lpad(floor(pow(10, count) * u(thing, use))::BIGINT::VARCHAR, count, '0');

CREATE TABLE path_form AS
SELECT
    form,
    u(form, 10) < 0.52 AS has_id,
    CASE floor(40 * u(form, 11))::INTEGER
        WHEN 0 THEN '/wp-content/uploads/' || month || '/' || one || '-'
        WHEN 1 THEN '/wp-content/uploads/' || month || '/IMG_'
        WHEN 2 THEN '/wp-content/uploads/' || month || '/' || one || '-' || two || '-'
        WHEN 3 THEN '/images/' || one || '/' || two || '/' || digits(form, 16, 6)
        WHEN 4 THEN '/images/products/' || one || '_' || two || '_'
        WHEN 5 THEN '/media/catalog/product/cache/' || digits(form, 14, 8) || '/' || two || '_'
        WHEN 6 THEN '/cdn/shop/files/' || one || '-' || two || '-' || digits(form, 16, 4) || '-'
        WHEN 7 THEN '/static/' || one || '/' || two || '.'
        WHEN 8 THEN '/search?q=' || one || '+' || two || '&page='
        WHEN 9 THEN '/index.php?option=com_' || one || '&view=item&id='
        WHEN 10 THEN '/product/' || one || '-' || two || '-' || three || '/'
        WHEN 11 THEN '/products/' || one || '-' || two || '?variant='
        WHEN 12 THEN '/category/' || one || '/' || two || '/page/'
        WHEN 13 THEN '/tag/' || one || '-' || two || '/'
        WHEN 14 THEN '/news/' || month || '/' || one || '-' || two || '-in-' || three || '-'
        WHEN 15 THEN '/blog/' || month || '/' || one || '-' || two || '/'
        WHEN 16 THEN '/forum/viewtopic.php?f=' || digits(form, 14, 2) || '&t='
        WHEN 17 THEN '/wiki/' || one || '_' || two || '_'
        WHEN 18 THEN '/users/' || one || '/' || two || '/'
        WHEN 19 THEN '/' || one || '/' || two || '/' || three || '-'
        WHEN 20 THEN '/' || one || '/' || two || '.html'
        WHEN 21 THEN '/' || one || '/'
        WHEN 22 THEN '/' || one || '.php?' || two || '='
        WHEN 23 THEN '/private/' || one || '/'
        WHEN 24 THEN '/assets/img/' || one || '/' || two || '@2x-'
        WHEN 25 THEN '/api/v1/' || one || '/' || two || '/'
        WHEN 26 THEN '/p/' || one || '-' || two || '-' || three || '-'
        WHEN 27 THEN '/en/' || one || '/' || two || '/' || three || '/'
        WHEN 28 THEN '/articles/' || digits(form, 14, 4) || '/' || two || '-' || three || '.'
        WHEN 29 THEN '/gallery/' || one || '/' || two || '/large/'
        WHEN 30 THEN '/' || digits(form, 14, 4) || '/' || two || '/' || three || '_'
        WHEN 31 THEN '/archive/' || month || '/' || one || '-'
        WHEN 32 THEN '/docs/' || one || '/' || two || '/' || three || '.'
        WHEN 33 THEN '/download/' || one || '_' || digits(form, 15, 5) || '_'
        WHEN 34 THEN '/%E5%86%99%E7%9C%9F/' || one || '/'
        WHEN 35 THEN '/files/' || one || '-' || two || '/'
        WHEN 36 THEN '/sites/default/files/styles/' || one || '/public/' || month || '-' || two || '-'
        WHEN 37 THEN '/uploads/' || one || '/' || digits(form, 15, 5) || '/' || three || '-'
        WHEN 38 THEN '/thumb/' || digits(form, 14, 2) || '/' || two || '/' || digits(form, 16, 6) || '-'
        ELSE '/'
    END AS start,
    CASE
        WHEN u(form, 18) < 0.015 THEN '#' || last
        WHEN u(form, 18) < 0.030 AND NOT contains(start, '?') THEN '?utm_source=' || last
        WHEN u(form, 18) < 0.050 AND NOT contains(start, '?') THEN '?v=' || digits(form, 19, 3)
        WHEN contains(start, '?') OR start = '/' OR ends_with(start, '.html') THEN ''
        WHEN ends_with(start, '/') AND u(form, 20) < 0.25 THEN ''
        ELSE CASE WHEN has_id THEN '-' ELSE '' END || four
            || CASE WHEN u(form, 22) < 0.5 THEN '-' || five || '-' || six ELSE '' END
            || pick(['.jpg', '.jpg', '.jpg', '.png', '.html', '.pdf', '.webp', '/', '-1024x768.jpg'], u(form, 20))
    END AS finish,
    -- Front pages and whole folders are where page captures and entries for addresses point.
    start || CASE WHEN has_id THEN '' ELSE finish END AS plain
FROM (
    SELECT
        form,
        year_month(form, 12) AS month,
        word(form, 14) AS one,
        word(form, 15) AS two,
        word(form, 16) AS three,
        word(form, 21) AS four,
        word(form, 23) AS five,
        word(form, 24) AS six,
        word(form, 19) AS last
    FROM range(16384) AS forms(form)
);
