/** What a form sends where a role is to hold in all directions: nobody gives it away by having left out the direction. */
export const EVERYWHERE = '*';
